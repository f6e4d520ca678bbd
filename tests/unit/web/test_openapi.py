"""The document of the interface is made of the screens alone, and says all that may be answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

import jsonschema_rs
from msgspec import Meta

from midstance.web._screen import Action, Answer, Download, Nothing, Screen
from midstance.web.openapi import FAULTS, document


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Parameters of every kind."""

    need: Annotated[int, Meta(description="A number.", ge=1)]
    date: Annotated[dt.date | None, Meta(description="A day.")] = None
    side: Annotated[Literal["left", "right"], Meta(description="A side.")] = "left"
    many: Annotated[tuple[str, ...], Meta(description="Several.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A context."""

    days: Annotated[tuple[dt.date, ...], Meta(description="Days.")]


TOY = Screen(id="toy", path="/toy", title="Toy", context=Context, asked=Asked, load=lambda *_: None, actions=(
    Action(name="do", title="Do it", wish=Asked, do=lambda *_: None),
    Action(name="read", title="Read it", wish=Asked, do=lambda *_: None, answer=Context, reads=True),
    Action(name="file", title="Give it", wish=Nothing, do=lambda *_: None, answer=Download),
    Action(name="put", title="Take files", wish=Nothing, do=lambda *_: None, files=True)))
MADE = document((TOY,), "1.2")


def test_every_screen_and_action_has_its_operations() -> None:
    """A screen is read, an action is posted, and read too where it only reads."""
    methods = {path: sorted(told) for path, told in MADE["paths"].items()}
    assert methods == {"/api/v1/toy": ["get"], "/api/v1/toy/do": ["post"], "/api/v1/toy/read": ["get", "post"],
                       "/api/v1/toy/file": ["post"], "/api/v1/toy/put": ["post"]}


def test_parameters_are_told_with_kind_need_and_words() -> None:
    """Each query parameter says what it is, whether it is needed, and what it may be."""
    told = {one["name"]: one for one in MADE["paths"]["/api/v1/toy"]["get"]["parameters"]}
    assert [told["need"]["required"], told["date"]["required"]] == [True, False]
    assert told["need"]["schema"] == {"type": "integer", "minimum": 1}
    assert told["date"]["schema"] == {"type": "string", "format": "date"}
    assert told["side"]["schema"]["enum"] == ["left", "right"]
    assert told["many"]["schema"]["type"] == "array"
    assert all(one["description"] for one in told.values())


def test_every_answer_is_told() -> None:
    """Refusals of the guard and of bodies, and faults, stand beside what is answered when it is done."""
    post = MADE["paths"]["/api/v1/toy/do"]["post"]["responses"]
    assert set(post) == {"200", "400", "401", "403", "413", "415", "421", "422"}
    assert set(MADE["paths"]["/api/v1/toy"]["get"]["responses"]) == {"200", "401", "403", "421", "422"}


def test_files_are_no_json() -> None:
    """An action that gives a file says so, and one that takes files takes a form of parts."""
    given = MADE["paths"]["/api/v1/toy/file"]["post"]
    assert given["responses"]["200"]["content"] == {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    assert "requestBody" not in given
    assert set(MADE["paths"]["/api/v1/toy/put"]["post"]["requestBody"]["content"]) == {"multipart/form-data"}


def test_schemas_describe_what_is_sent() -> None:
    """A schema of the document takes what the program sends, and not something else."""
    shapes = {**MADE["components"]["schemas"]}
    answer = MADE["paths"]["/api/v1/toy"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    judge = jsonschema_rs.validator_for({**answer, "components": {"schemas": shapes}})
    assert judge.is_valid({"days": ["2026-12-01"]})
    assert not judge.is_valid({"days": "2026-12-01"})
    faults = jsonschema_rs.validator_for({**FAULTS, "components": {"schemas": shapes}})
    assert faults.is_valid({"faults": [{"source": "a", "place": "", "says": "b", "remedy": ""}]})
    assert not faults.is_valid({"faults": [{"says": "b"}]})


def test_the_answer_of_an_action_is_the_usual_one_by_default() -> None:
    """Sentences, batch and path."""
    told = MADE["paths"]["/api/v1/toy/do"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert told["$ref"].endswith(Answer.__name__)
