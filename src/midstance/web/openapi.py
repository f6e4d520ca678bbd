"""The documented interface: OpenAPI 3.1, made from the dataclasses of the screens."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

import msgspec

from midstance.web._screen import Download, Nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.web._screen import Action, Screen

REF = "#/components/schemas/{name}"
FAULT = {
    "type": "object", "required": ["source", "place", "says", "remedy"], "additionalProperties": False,
    "properties": {name: {"type": "string", "description": text} for name, text in (
        ("source", "What was read."), ("place", "Field or place in a file."), ("says", "What is wrong."),
        ("remedy", "What would be right."))}}
FAULTS = {"type": "object", "required": ["faults"], "additionalProperties": False,
          "properties": {"faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}}}}
WRONG = {"description": "The input is wrong; every fault with its place.",
         "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Faults"}}}}
REFUSED = {
    "401": {"description": "The device is not paired: see docs/app.md."},
    "403": {"description": "The request comes from a page elsewhere."},
    "421": {"description": "The request names another host than this machine."}}
FILE: dict[str, Any] = {"type": "string", "format": "binary"}
BODY = {
    "400": {"description": "The body cannot be read.", "content": WRONG["content"]},
    "413": {"description": "The body is too large.", "content": WRONG["content"]},
    "415": {"description": "Bodies of this kind are not taken here.", "content": WRONG["content"]}}


def document(screens: Sequence[Screen], version: str) -> dict[str, Any]:
    """Write the interface's document.

    Args:
        screens: All screens.
        version: Version of the program.
    """
    kinds = {kind for screen in screens for kind in (
        screen.asked, screen.context, *(k for a in screen.actions for k in (a.wish, a.answer))) if kind is not Download}
    order = sorted((kind for kind in kinds if isinstance(kind, type)), key=lambda k: (k.__module__, k.__qualname__))
    schemas, components = msgspec.json.schema_components(order, ref_template=REF)
    of: dict[type, Any] = {**dict(zip(order, schemas, strict=True)), Download: FILE}
    paths: dict[str, Any] = {}
    for screen in screens:
        read = _get(screen.id, f"Read {screen.title}", screen.asked, of[screen.context])
        paths[f"/api/v1/{screen.id}"] = {"get": read}
        for action in screen.actions:
            paths[f"/api/v1/{screen.id}/{action.name}"] = _action(screen, action, of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "midstance", "version": version,
                 "description": "The same contexts as the screens. Faults come as 422 with every fault's place."},
        "paths": paths,
        "components": {"schemas": {**components, "Fault": FAULT, "Faults": FAULTS}},
    }


def _action(screen: Screen, action: Action, of: dict[type, Any]) -> dict[str, Any]:
    post: dict[str, Any] = {
        "operationId": f"{screen.id}-{action.name}", "summary": action.title, "tags": [screen.id],
        "responses": {"200": _ok(of[action.answer]), **REFUSED, **BODY, "422": WRONG},
    }
    if action.wish is not Nothing or action.files:
        kind = "multipart/form-data" if action.files else "application/json"
        post["requestBody"] = {"required": not action.files, "content": {kind: {"schema": of[action.wish]}}}
    if not action.reads:
        return {"post": post}
    return {"get": _get(f"{screen.id}-{action.name}-read", action.title, action.wish, of[action.answer], screen.id),
            "post": post}


def _get(name: str, title: str, asked: type, answer: Any, tag: str = "") -> dict[str, Any]:
    return {"operationId": name, "summary": title, "tags": [tag or name], "parameters": list(_parameters(asked)),
            "responses": {"200": _ok(answer), **REFUSED, "422": WRONG}}


def _ok(schema: Any) -> dict[str, Any]:
    if schema is FILE:
        return {"description": "A file to keep.", "content": {"*/*": {"schema": FILE}}}
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _parameters(asked: type) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if asked is Nothing:
        return found
    _, components = msgspec.json.schema_components([asked], ref_template=REF)
    shapes = next(iter(components.values()))["properties"] if components else {}
    for field in fields(asked):
        needed = field.default is MISSING and field.default_factory is MISSING
        shape = {k: v for k, v in shapes[field.name].items() if k != "default" or v is not None}
        text = shape.pop("description", "")
        if "anyOf" in shape:
            inner = [one for one in shape["anyOf"] if one != {"type": "null"}]
            shape = inner[0] if len(inner) == 1 else {**shape, "anyOf": inner}
        found.append({"name": field.name, "in": "query", "required": needed, "schema": shape,
                      **({"description": text} if text else {})})
    return found
