"""Personal trials in the database: nothing starts unscreened, nothing is kept twice, nobody sees another's."""

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest

from provender.store import trial_answers, trials
from provender.store.days import today
from provender.store.models import Member, TrialDay, TrialEvent
from provender.store.observations import observe, observed
from provender.store.trial_values import Happened, Status
from provender.terms.errors import InputError, NotFoundError
from provender.trials.design import Design
from provender.trials.protocol import Chosen, Looks, Phase, Protocol, Taken
from provender.trials.trial_file import read_trial
from provender.trials.verdict import Kind

pytestmark = pytest.mark.django_db
SEED = bytes(32)


@pytest.fixture
def alice():
    return Member.objects.create_user("alice@example.org", birth_date=date(1980, 5, 1))


@pytest.fixture
def charlie():
    return Member.objects.create_user("charlie@example.org", birth_date=date(1990, 5, 1))


def plan(first=None, **more):
    fields = {
        "title": "Magnesium and back pain",
        "kind": "supplement",
        "treatment": "300 mg magnesium in the evening",
        "comparison": "no magnesium",
        "outcomes": (Chosen("pain", 1.0),),
        "design": Design(4, 7),
        "first_day": first or today("UTC"),
        "zone": "UTC",
        "substance": "magnesium",
        "dose": Taken(300.0, "mg"),
    }
    return Protocol(**{**fields, **more})


def begun(member, first=None, **more):
    kept = trials.propose(member, plan(first, **more))
    trials.screened(member, kept.key, "go on", {"answers": {}})
    return trials.start(member, kept.key, seed=SEED)


@pytest.fixture
def on(monkeypatch):
    """Sets the date on which everything happens."""

    def set_to(day):
        for module in ("provender.store.trials", "provender.store.trial_answers"):
            monkeypatch.setattr(f"{module}.today", lambda zone: day)

    return set_to


def lived(member, kept, effect, *, on, last=None, seed=1):
    """Every day of a trial recorded, with this effect of the treatment."""
    rng = np.random.default_rng(seed)
    on(last or kept.protocol.last_day + timedelta(days=1))
    for n in range(kept.protocol.design.days):
        day = kept.protocol.first_day + timedelta(days=n)
        if last and day >= last:
            break
        treated = bool(kept.day(day).treated)
        value = float(np.clip(round(5 + effect * treated + rng.normal()), 0, 10))
        trials.check_in(member, kept.key, day=day, values={"pain": value}, taken=1.0)


def test_a_trial_is_sealed_when_it_begins_and_pressed_twice_begins_once(alice):
    kept = begun(alice)
    assert kept.status is Status.RUNNING
    assert len(kept.commitment) == 64
    assert kept.seed == ""
    assert len(kept.sequence) == 8
    assert trials.start(alice, kept.key).commitment == kept.commitment
    assert TrialEvent.objects.filter(kind="started").count() == 1


@pytest.mark.parametrize(
    ("decision", "words"),
    [(None, "not been answered"), ("ask first", "clinician must have agreed"), ("stop", "screened-out")],
)
def test_nothing_starts_that_the_screen_does_not_let_start(alice, decision, words):
    kept = trials.propose(alice, plan())
    if decision is not None:
        trials.screened(alice, kept.key, decision, {})
    with pytest.raises(InputError, match=words):
        trials.start(alice, kept.key)


def test_a_clinicians_word_unlocks_what_asks_first_and_nothing_else(alice):
    kept = trials.propose(alice, plan())
    trials.screened(alice, kept.key, "stop", {})
    with pytest.raises(InputError, match="no clinician's word unlocks"):
        trials.clinician_agreed(alice, kept.key)
    trials.screened(alice, kept.key, "ask first", {"clinician_unlocks": False})
    with pytest.raises(InputError, match="no clinician's word unlocks"):
        trials.clinician_agreed(alice, kept.key)
    trials.screened(alice, kept.key, "ask first", {"clinician_unlocks": True})
    trials.clinician_agreed(alice, kept.key)
    assert trials.start(alice, kept.key).status is Status.RUNNING


@pytest.mark.parametrize("born", [None, date(2015, 1, 1)])
def test_nobody_under_eighteen_begins(born):
    child = Member.objects.create_user("bob@example.org", birth_date=born)
    kept = trials.propose(child, plan())
    trials.screened(child, kept.key, "go on", {})
    with pytest.raises(InputError, match="18 and older"):
        trials.start(child, kept.key)


def test_the_same_substance_is_not_tried_twice_at_once(alice):
    begun(alice)
    with pytest.raises(InputError, match="tries the same"):
        begun(alice, treatment="200 mg magnesium at noon")
    assert begun(alice, substance="", kind="habit", treatment="a walk", dose=None).status is Status.RUNNING
    with pytest.raises(InputError, match="tries the same"):
        begun(alice, substance="", kind="habit", treatment="A walk", dose=None)


def test_a_first_day_that_has_passed_is_refused(alice):
    with pytest.raises(InputError, match="choose a first day"):
        begun(alice, today("UTC") - timedelta(days=1))


def test_another_dose_is_screened_anew_other_words_are_not(alice):
    kept = trials.propose(alice, plan())
    trials.screened(alice, kept.key, "go on", {})
    assert trials.propose(alice, plan(title="Other words"), key=kept.key).screen["decision"] == "go on"
    assert trials.propose(alice, plan(dose=Taken(350, "mg")), key=kept.key).screen == {}


def test_what_has_begun_is_not_changed(alice):
    kept = begun(alice)
    with pytest.raises(InputError, match="has begun"):
        trials.propose(alice, plan(title="Another"), key=kept.key)
    with pytest.raises(InputError, match="has begun"):
        trials.forget_draft(alice, kept.key)


def test_a_draft_can_be_forgotten(alice):
    kept = trials.propose(alice, plan())
    trials.forget_draft(alice, kept.key)
    assert trials.trials(alice) == ()


def test_a_check_in_is_kept_once_and_a_later_word_counts(alice):
    kept = begun(alice)
    day = kept.protocol.first_day
    trials.check_in(alice, kept.key, day=day, values={"pain": 6}, taken=1.0)
    trials.check_in(alice, kept.key, day=day, values={"pain": 4})
    trials.check_in(alice, kept.key, day=day, values={}, taken=0.5, note="a new mattress")
    assert observed(alice, "pain", day, day) == {day: 4.0}
    assert trials.taken_by_day(alice, kept.key) == {day: 0.5}
    assert TrialDay.objects.count() == 1
    assert [e.text for e in trials.trial(alice, kept.key).events if e.kind is Happened.OTHER] == ["a new mattress"]


def test_a_day_told_later_is_marked(alice, on):
    kept = begun(alice)
    on(kept.protocol.first_day + timedelta(days=3))
    trials.check_in(alice, kept.key, day=kept.protocol.first_day, values={"pain": 5}, taken=1.0)
    assert TrialDay.objects.get().backfilled


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"day": 1}, "in the future"),
        ({"day": -1}, "expected a day from"),
        ({"values": {"sleep": 5}}, "expected one of pain"),
        ({"values": {"pain": 11}}, "0 to 10"),
        ({"values": {"pain": 4.5}}, "steps of 1"),
        ({"taken": 1.5}, "0 \\(nothing\\) to 1"),
        ({"note": "x" * 3000}, "at most 2,000"),
    ],
)
def test_what_cannot_be_is_refused(alice, more, words):
    kept = begun(alice)
    day = kept.protocol.first_day + timedelta(days=more.pop("day", 0))
    with pytest.raises(InputError, match=words):
        trials.check_in(alice, kept.key, **{"day": day, "values": {}, **more})


def test_nothing_is_recorded_before_it_begins(alice):
    kept = trials.propose(alice, plan())
    with pytest.raises(InputError, match="expected one that runs"):
        trials.check_in(alice, kept.key, day=today("UTC"), values={"pain": 5})


def test_an_event_of_the_same_key_is_kept_once(alice):
    kept, key = begun(alice), uuid4()
    for _ in range(2):
        trials.happened(alice, kept.key, Happened.ADVERSE, day=kept.protocol.first_day, text="dizzy", event=key)
    assert TrialEvent.objects.filter(kind="adverse").count() == 1


def test_stopping_loses_nothing_and_reveals_the_order(alice):
    kept = begun(alice)
    trials.check_in(alice, kept.key, day=kept.protocol.first_day, values={"pain": 6})
    stopped = trials.happened(alice, kept.key, Happened.STOPPED, day=kept.protocol.first_day, text="I felt dizzy")
    assert stopped.status is Status.STOPPED
    assert stopped.seed == SEED.hex()
    assert observed(alice, "pain", kept.protocol.first_day, kept.protocol.first_day) == {kept.protocol.first_day: 6.0}
    with pytest.raises(InputError, match="stopped"):
        trials.check_in(alice, kept.key, day=kept.protocol.first_day, values={"pain": 5})


def test_a_look_only_as_declared_and_after_whole_pairs(alice, on):
    kept = begun(alice)
    with pytest.raises(InputError, match="only at its end"):
        trials.happened(alice, kept.key, Happened.LOOKED, day=kept.protocol.first_day)
    trials.happened(alice, kept.key, Happened.STOPPED, day=kept.protocol.first_day)
    other = begun(alice, looks=Looks.PAIRS)
    on(other.protocol.first_day + timedelta(days=13))
    with pytest.raises(InputError, match="not over yet"):
        trials.happened(alice, other.key, Happened.LOOKED, day=other.protocol.first_day + timedelta(days=13))
    on(other.protocol.first_day + timedelta(days=14))
    looked = trials.happened(alice, other.key, Happened.LOOKED, day=other.protocol.first_day + timedelta(days=14))
    assert looked.events[-1].kind is Happened.LOOKED


def test_a_blinded_person_does_not_know_the_order_until_the_end(alice):
    kept = begun(alice, blinded=True)
    assert kept.sequence is None
    assert kept.day(kept.protocol.first_day).treated is None
    assert len(trials.helper_sequence(alice, kept.key)) == 8
    broken = trials.happened(alice, kept.key, Happened.SEAL_BROKEN, day=kept.protocol.first_day)
    assert broken.sequence is not None
    assert broken.seed == ""


def test_what_is_over_is_finished_by_itself(alice, on):
    kept = begun(alice)
    on(kept.protocol.last_day)
    assert trials.finish_what_is_over(alice) == ()
    on(kept.protocol.last_day + timedelta(days=1))
    assert trials.finish_what_is_over(alice) == (kept.key,)
    assert trials.trial(alice, kept.key).status is Status.FINISHED
    assert trials.finish_what_is_over(alice) == ()


def test_pausing_sets_days_aside_with_the_reason_and_moves_nothing(alice, on):
    kept = begun(alice)
    first = kept.protocol.first_day
    on(first + timedelta(days=9))
    trials.happened(alice, kept.key, Happened.PAUSED, day=first + timedelta(days=3), text="flu")
    assert trials.trial(alice, kept.key).paused_since == first + timedelta(days=3)
    trials.happened(alice, kept.key, Happened.RESUMED, day=first + timedelta(days=6))
    kept = trials.trial(alice, kept.key)
    assert kept.paused_since is None
    (pause,) = trial_answers.pauses(kept)
    assert (pause.first, pause.last, pause.reason) == (first + timedelta(days=3), first + timedelta(days=5), "flu")
    assert kept.protocol.last_day == first + timedelta(days=55)


def test_an_open_pause_lasts_to_the_end(alice):
    kept = begun(alice)
    kept = trials.happened(alice, kept.key, Happened.PAUSED, day=kept.protocol.first_day)
    assert trial_answers.pauses(kept)[0].last == kept.protocol.last_day


def test_the_answer_is_that_of_the_file_that_can_be_taken_along(alice, on):
    kept = begun(alice)
    lived(alice, kept, -2.5, on=on)
    trials.finish_what_is_over(alice)
    found = trial_answers.answer_of(alice, kept.key)
    assert found.verdict.kind is Kind.HELPED
    content = trial_answers.file_bytes(alice, kept.key)
    again = read_trial(content, today=kept.protocol.last_day + timedelta(days=1))
    assert again.header.seal
    assert again.primary.outcome.tolist() == found.series.outcome.tolist()
    assert trial_answers.answer_of(alice, kept.key) is found
    assert trial_answers.sequence_words(alice, kept.key) == "".join("AB"[arm] for arm in kept.sequence)


def test_doing_nothing_is_what_a_comparison_day_asks_for(alice, on):
    kept = begun(alice)
    lived(alice, kept, -2.5, on=on)
    taken = trial_answers.trial_file(alice, kept.key).primary.taken
    assigned = trial_answers.trial_file(alice, kept.key).primary.assigned
    assert taken.tolist() == assigned.tolist()


def test_an_answer_before_the_first_pair_is_over_is_refused(alice, on):
    kept = begun(alice)
    on(kept.protocol.first_day + timedelta(days=13))
    with pytest.raises(InputError, match="not over yet"):
        trial_answers.answer_of(alice, kept.key)
    draft = trials.propose(alice, plan(substance="vitamin-d"))
    with pytest.raises(InputError, match="has not begun"):
        trial_answers.answer_of(alice, draft.key)


def test_a_look_counts_whole_pairs_and_claims_less(alice, on):
    kept = begun(alice, looks=Looks.PAIRS)
    lived(alice, kept, -2.5, on=on, last=kept.protocol.first_day + timedelta(days=30))
    found = trial_answers.answer_of(alice, kept.key)
    assert not found.ended
    assert found.series.days == 28


def test_a_look_shows_no_more_than_was_there_when_it_was_taken(alice, on):
    kept = begun(alice, looks=Looks.PAIRS)
    first = kept.protocol.first_day
    lived(alice, kept, -2.5, on=on, last=first + timedelta(days=30))
    trials.happened(alice, kept.key, Happened.LOOKED, day=first + timedelta(days=15))
    assert trial_answers.answer_of(alice, kept.key).series.days == 14


def test_quality_counts_days_and_names_the_missing(alice, on):
    kept = begun(alice)
    first = kept.protocol.first_day
    on(first + timedelta(days=4))
    for n in (0, 1, 3):
        trials.check_in(alice, kept.key, day=first + timedelta(days=n), values={"pain": 5}, taken=1.0 if n else 0.0)
    found = trial_answers.quality(alice, kept.key)
    assert (found.passed, found.days, found.recorded, found.told) == (5, 56, 3, 3)
    assert found.done == pytest.approx(2 / 3)
    assert found.missing == (first + timedelta(days=4), first + timedelta(days=2))
    assert found.share == pytest.approx(0.6)


def test_quality_before_the_first_day_is_unknown(alice):
    kept = begun(alice, today("UTC") + timedelta(days=5))
    found = trial_answers.quality(alice, kept.key)
    assert (found.passed, found.share, found.done, found.missing) == (0, None, None, ())
    assert kept.day(today("UTC")).phase is Phase.BEFORE


def test_a_guess_at_the_end_reaches_the_file(alice, on):
    kept = begun(alice, blinded=True)
    last = kept.protocol.last_day
    on(last + timedelta(days=1))
    trials.finish_what_is_over(alice)
    trials.happened(alice, kept.key, Happened.GUESS, day=last, value={"1": 1.0, "2": 0.0, "3": 0.5, "99": 1.0})
    found = trial_answers.trial_file(alice, kept.key)
    assert found.guesses[:3].tolist() == [1.0, 0.0, 0.5]


def test_charlie_sees_and_changes_nothing_of_alices(alice, charlie):
    kept = begun(alice)
    day = kept.protocol.first_day
    for act in (
        lambda: trials.trial(charlie, kept.key),
        lambda: trials.start(charlie, kept.key),
        lambda: trials.screened(charlie, kept.key, "go on", {}),
        lambda: trials.clinician_agreed(charlie, kept.key),
        lambda: trials.check_in(charlie, kept.key, day=day, values={"pain": 5}),
        lambda: trials.happened(charlie, kept.key, Happened.STOPPED, day=day),
        lambda: trials.forget_draft(charlie, kept.key),
        lambda: trials.helper_sequence(charlie, kept.key),
        lambda: trials.taken_by_day(charlie, kept.key),
        lambda: trial_answers.file_bytes(charlie, kept.key),
        lambda: trial_answers.answer_of(charlie, kept.key),
        lambda: trial_answers.quality(charlie, kept.key),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert trials.trials(charlie) == ()
    assert trials.running(charlie) == ()
    assert trials.trial(alice, kept.key).status is Status.RUNNING


def test_the_same_key_of_another_member_is_another_trial(alice, charlie):
    key = uuid4()
    trials.propose(alice, plan(), key=key)
    trials.propose(charlie, plan(title="Mine"), key=key)
    assert trials.trial(alice, key).protocol.title == "Magnesium and back pain"


def test_a_pain_score_of_the_diary_is_the_outcome_of_a_trial(alice):
    kept = begun(alice)
    day = kept.protocol.first_day
    observe(alice, "pain", 7, day=day)
    assert trial_answers.quality(alice, kept.key).recorded == 1
