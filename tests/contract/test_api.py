"""The documented interface, held to its word: made-up requests for every operation give no fault of the server.

MIDSTANCE_API_EXAMPLES sets how many requests each operation gets; ``make soak`` sends many more.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from midstance.web.decoding import of_json
from midstance.web.openapi import document
from web import HOME, SCREENS, an_app, diary_with_plan

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

EXAMPLES = int(os.environ.get("MIDSTANCE_API_EXAMPLES", "10"))
CHECKS: list[Any] = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PATHS = document(SCREENS, "0")["paths"]
OPERATIONS = [(path, method) for path, methods in PATHS.items() for method in methods]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """The interface of an app on Jonas's diary."""
    app = an_app(diary_with_plan(tmp_path_factory.mktemp("api") / "diary.db"))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"host": "127.0.0.1"})


def test_the_document_is_valid(api: BaseSchema) -> None:
    """It is an OpenAPI 3.1 document by that standard's own schema, and every operation of it can be read."""
    api.validate()
    assert api.raw_schema["openapi"] == "3.1.0"
    assert len([one.ok().label for one in api.get_all_operations()]) == len(OPERATIONS)


def test_operations_have_names_of_their_own() -> None:
    """Names of operations are unique, so that clients can be made from the document."""
    names = [told["operationId"] for methods in PATHS.values() for told in methods.values()]
    assert len({*names}) == len(names)


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=str)
def test_made_up_requests_do_no_harm(api: BaseSchema, path: str, method: str) -> None:
    """Right, odd and wrong requests get what the document promises, and never a fault of the server."""
    for mode in GenerationMode:
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
        @given(api[path][method].as_strategy(mode))
        def ask(case: Case) -> None:
            case.call_and_validate(base_url=HOME, checks=CHECKS)

        try:
            ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, "no right request could be made up"  # nothing to get wrong


def test_the_examples_of_the_page_are_right() -> None:
    """Every address of the interface that docs/app.md names is there, with the fields that it sends."""
    text = (Path(__file__).parents[2] / "docs" / "app.md").read_text("utf-8")
    named = re.findall(r"(/api/v1/[a-z/-]+)[^\n]*?(?:--json '(\{.*?\})')?$", text, re.MULTILINE)
    assert len(named) >= 5
    wishes = {f"/api/v1/{screen.id}/{action.name}": action.wish for screen in SCREENS for action in screen.actions}
    for path, body in named:
        assert path in PATHS or path == "/api/v1/openapi", path
        if body:
            assert isinstance(of_json(wishes[path], body.encode(), path), wishes[path])
