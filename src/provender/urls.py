"""Every address on one page."""

from django.urls import include, path

from provender.api import api
from provender.web import demo, foods, me, plan, quick, today
from provender.web.door import later

urlpatterns = [
    path("", today.home, name="home"),
    path("plan", plan.plan_page, name="plan"),
    path("day/<str:day>", today.day_page, name="day"),
    path("day/<str:day>/proposals", quick.proposals, name="proposals"),
    path("day/<str:day>/accept", quick.accept, name="accept"),
    path("day/<str:day>/food", today.log_food, name="log_food"),
    path("day/<str:day>/energy", today.log_energy, name="log_energy"),
    path("day/<str:day>/exercise", today.log_exercise, name="log_exercise"),
    path("day/<str:day>/water", today.log_water, name="log_water"),
    path("day/<str:day>/weight", today.log_weight, name="log_weight"),
    path("day/<str:day>/score", today.log_score, name="log_score"),
    path("day/<str:day>/note", today.log_note, name="log_note"),
    path("day/<str:day>/copy", today.copy_day, name="copy_day"),
    path("day/<str:day>/mark", today.mark_day, name="mark_day"),
    path("entry/<int:entry_id>", today.edit_page, name="entry"),
    path("entry/<int:entry_id>/edit", today.edit, name="edit"),
    path("entry/<int:entry_id>/delete", today.delete, name="delete"),
    path("entry/<int:entry_id>/again", today.again, name="again"),
    path("undo/<int:change_id>", today.take_back, name="undo"),
    path("quick/line", quick.line, name="line"),
    path("activities", today.activities, name="activities"),
    path("foods", foods.foods_page, name="foods"),
    path("foods/find", foods.find, name="find"),
    path("foods/own", foods.own_food_page, name="own_food_new"),
    path("foods/own/<int:number>", foods.own_food_page, name="own_food"),
    path("foods/own/<int:number>/delete", foods.delete_own_food, name="own_food_delete"),
    path("foods/own/<int:number>/restore", foods.restore_own_food, name="own_food_restore"),
    path("foods/recipe", foods.recipe_page, name="recipe_new"),
    path("foods/recipe/<int:number>", foods.recipe_page, name="recipe"),
    path("foods/recipe/ingredient", foods.ingredient, name="ingredient"),
    path("foods/<str:food_id>", foods.food_page, name="food"),
    path("nutrients", later("provender.web.nutrients", "nutrients_page"), name="nutrients"),
    path("nutrients/answers", later("provender.web.nutrients", "answer_questions"), name="nutrient_answers"),
    path("trends", later("provender.web.trends", "trends_page"), name="trends"),
    path("me", me.me_page, name="me"),
    path("demo", demo.start, name="demo_start"),
    path("demo/reset", demo.start, name="demo_reset"),
    path("demo/leave", demo.leave, name="demo_leave"),
    path("account/", include("allauth.account.urls")),
    path("api/", api.urls),
    path("healthz", today.healthz, name="healthz"),
]
