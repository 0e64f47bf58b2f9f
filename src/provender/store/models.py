"""The tables. No science here: what a row means is said in ``diary.entries`` and computed below this floor."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone


class MemberAccounts(BaseUserManager["Member"]):
    """Makes members; an account is an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """A new member; without a password nobody can sign in as them."""
        member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """A new member with every right of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account, and what they told us of themselves; everything but the e-mail is optional."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False, help_text="A demo member; never a person.")
    joined_at = models.DateTimeField(default=timezone.now)

    zone = models.CharField(max_length=64, default="UTC")
    system = models.CharField(max_length=8, default="metric", choices=[("metric", "metric"), ("us", "us")])
    sex = models.CharField(max_length=6, blank=True, choices=[("female", "female"), ("male", "male")])
    birth_date = models.DateField(null=True, blank=True)
    height_m = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    activity = models.CharField(max_length=16, blank=True)
    life_stage = models.CharField(max_length=24, blank=True)
    goal_kg_per_week = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    own_budget_kcal = models.PositiveIntegerField(null=True, blank=True)
    eating_disorder = models.BooleanField(default=False)
    exercise_counts = models.BooleanField(default=True)
    goal_weight_kg = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    hides_calories = models.BooleanField(default=False)
    weighs_everything = models.BooleanField(default=False)

    authority = models.CharField(max_length=8, default="NASEM")
    menstruates = models.BooleanField(null=True, blank=True)
    contraceptive = models.BooleanField(null=True, blank=True)
    vegetarian = models.BooleanField(null=True, blank=True)
    smokes = models.BooleanField(null=True, blank=True)
    avoids = models.JSONField(default=list, help_text="Diets and allergens, in the words of nutrition.gaps.")
    dislikes = models.JSONField(default=list, help_text="Food ids never to be proposed.")

    objects: ClassVar[MemberAccounts] = MemberAccounts()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class Budget(models.Model):
    """The daily calories in force from a day on, so that yesterday is judged by yesterday's budget."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="budgets")
    from_day = models.DateField()
    daily_kcal = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "from_day"], name="one_budget_a_day")]

    def __str__(self) -> str:
        return f"{self.daily_kcal} kcal from {self.from_day}"


class DiaryEntry(models.Model):
    """One line of a diary, with its own snapshot of the food; see ``provender.diary.entries.Entry``."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="entries")
    key = models.UUIDField(default=uuid4)
    day = models.DateField()
    zone = models.CharField(max_length=64)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    meal = models.CharField(max_length=16, blank=True)
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit = models.CharField(max_length=160, blank=True)
    mass_g = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    energy_kcal = models.FloatField(null=True)
    text = models.TextField(blank=True)
    food_id = models.CharField(max_length=160, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    basis_g = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    composition = models.JSONField(default=dict)
    portions = models.JSONField(default=list)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_entry_a_key")]
        indexes = [
            models.Index(fields=["member", "day"], name="entry_by_day"),
            models.Index(fields=["member", "kind", "day"], name="entry_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class DayMark(models.Model):
    """What a person says of a whole day."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="day_marks")
    day = models.DateField()
    complete = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_mark_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {'complete' if self.complete else 'open'}"


class ActivityChange(models.Model):
    """A day from which a person says that they move more or less than before."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="activity_changes")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_activity_change_a_day")]

    def __str__(self) -> str:
        return f"activity changed on {self.day}"


class TargetProposal(models.Model):
    """New daily calories, proposed from what was learnt; they count only once the person accepts them."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="proposals")
    day = models.DateField()
    old_kcal = models.PositiveIntegerField(null=True)
    new_kcal = models.PositiveIntegerField()
    sentence = models.TextField()
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_proposal_a_day")]

    def __str__(self) -> str:
        return f"{self.new_kcal} kcal proposed on {self.day}"


class Supplement(models.Model):
    """A supplement a person takes: what one dose holds, and how often it is taken."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="supplements")
    name = models.CharField(max_length=200)
    brand = models.CharField(max_length=120, blank=True)
    barcode = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=40, default="tablet")
    composition = models.JSONField(default=dict, help_text="Nutrient id to amount in one dose; unknown is absent.")
    doses_a_day = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "deleted_at"], name="supplement_by_member")]

    def __str__(self) -> str:
        return self.name


class OwnFood(models.Model):
    """A food or recipe a person described; a recipe keeps its ingredients as they were."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="own_foods")
    name = models.CharField(max_length=200)
    brand = models.CharField(max_length=120, blank=True)
    barcode = models.CharField(max_length=20, blank=True)
    basis_g = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    composition = models.JSONField(default=dict)
    portions = models.JSONField(default=list)
    is_recipe = models.BooleanField(default=False)
    ingredients = models.JSONField(default=list)
    cooked_mass_g = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    servings = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "deleted_at"], name="own_food_by_member")]

    def __str__(self) -> str:
        return self.name

    @property
    def food_id(self) -> str:
        """The id every other room knows this food by."""
        return f"own:{self.pk}"


class Change(models.Model):
    """What one action did to the diary, kept so that it can be undone."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    sentence = models.CharField(max_length=300)
    before = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-at"], name="change_by_member")]

    def __str__(self) -> str:
        return self.sentence


class Trial(models.Model):
    """One person's own trial; what was decided is in ``protocol`` (see ``provender.trials.protocol``)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="trials")
    key = models.UUIDField(default=uuid4)
    status = models.CharField(max_length=16, default="draft")
    protocol = models.JSONField()
    screen = models.JSONField(default=dict, help_text="Answers, reasons and the version of the lists.")
    consented_at = models.DateTimeField(null=True)
    clinician_agreed_at = models.DateTimeField(null=True)
    commitment = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    sequence = models.CharField(max_length=240, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_trial_a_key")]
        indexes = [models.Index(fields=["member", "status"], name="trial_by_status")]

    def __str__(self) -> str:
        return str(self.protocol.get("title", "trial"))


class TrialEvent(models.Model):
    """Something that happened in a trial; only ever added."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="events")
    key = models.UUIDField(default=uuid4)
    kind = models.CharField(max_length=24)
    day = models.DateField()
    text = models.TextField(blank=True)
    value = models.JSONField(default=dict)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "key"], name="one_event_a_key")]
        indexes = [models.Index(fields=["trial", "day"], name="event_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class TrialDay(models.Model):
    """What a person says of one day of a trial beside its outcomes, which are entries of the diary."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    taken = models.FloatField(null=True, help_text="Share of what was to be done that was done, 0 to 1.")
    backfilled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "day"], name="one_trial_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.taken}"
