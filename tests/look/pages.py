"""Every page of the office: the addresses of all GET routes, an example for each that needs an id, and the forms gone wrong."""

from __future__ import annotations

from flask import Flask

DOORS = ("accounts", "coordinator", "export", "log")
# endpoint -> addresses, one line for each route with something in its address
EXAMPLES = {
    "coordinator.conflict": ["/kontor/afklaring/versioner/{conflict}"],
    "coordinator.attendance": ["/kontor/kurser/{run}/fremmoede/{session}"],
    "coordinator.course_place": ["/kontor/kurser/{run}/plads/{enrolment}"],
    "coordinator.course_run": ["/kontor/kurser/{run}"],
    "coordinator.duplicate": ["/kontor/afklaring/dublet/{duplicate}"],
    "coordinator.entry": ["/kontor/katalog/kursus/{course}", "/kontor/katalog/hold/{run}", "/kontor/katalog/moedegang/{session}",
                          "/kontor/katalog/oplag/{batch}"],
    "coordinator.handover": ["/kontor/aftaler/borger/{citizen}"],
    "coordinator.lost_card": ["/kontor/rettigheder/{citizen}/kort"],
    "coordinator.new_entry": ["/kontor/katalog/materiale/ny", "/kontor/katalog/moedegang/ny?til={run}"],
    "coordinator.phone_lock": ["/kontor/telefoner/{device}/spaerring", "/kontor/telefoner/{lost}/spaerring"],
    "coordinator.practice": ["/kontor/praksisser/{practice}"],
    "coordinator.practice_download": [],  # no page
    "coordinator.practice_correction": ["/kontor/praksisser/{practice}/rettelse"],
    "coordinator.answer_form": ["/kontor/rettigheder/anmodning/{request}"],
    "coordinator.request_form": ["/kontor/rettigheder/{citizen}/anmodning"],
    "coordinator.erasure_form": ["/kontor/rettigheder/{citizen}/sletning"],
    "coordinator.code_merge": ["/kontor/rettigheder/{citizen}/sammenlaegning", "/kontor/rettigheder/{citizen}/sammenlaegning?med={other_code}"],
    "coordinator.insight_form": ["/kontor/rettigheder/{citizen}/indsigt"],
    "coordinator.setup_part": [f"/kontor/opsaetning/{part}" for part in ("projekt", "intervaller", "ordliste", "lukkedage", "maal")],
    "coordinator.step_correction": ["/kontor/aftaler/skridt/{step}"],
    "coordinator.stock_count": ["/kontor/materiale/{batch}/optaelling"],
    "coordinator.stopped": ["/kontor/afklaring/skal-rettes/{stopped}"],
    "coordinator.talk": ["/kontor/samtaler/{talk}"], "coordinator.talk_correction": ["/kontor/samtaler/{talk}/rettelse"],
    "coordinator.talk_deletion": ["/kontor/samtaler/{talk}/sletning"],
    "coordinator.talk_note": ["/kontor/samtaler/{talk}/opslag"],
    "coordinator.visit": ["/kontor/besoeg/{visit}", "/kontor/besoeg/{disputed}"],
    "coordinator.visit_plan": ["/kontor/praksisser/{practice}/planlaegning"],
    "coordinator.visit_correction": ["/kontor/besoeg/{visit}/rettelse"],
    "coordinator.visit_deletion": ["/kontor/besoeg/{visit}/sletning"],
    "export.month": ["/kontor/maaneder/{past}", "/kontor/maaneder/{month}"],
    "export.file": [], "export.page": [], "export.half_year_report": [],  # no page
    "export.letter": ["/kontor/maaneder/tilbagemelding/{practice}", "/kontor/maaneder/tilbagemelding/{practice}?halvaar=2026-H1"],
    "export.half_year": ["/kontor/maaneder/halvaar/2026-H2"],
}
MORE = ["/kontor/soeg?q=a", "/kontor/soeg?q=findes-ikke", "/kontor/kalender?maaned=2026-12", "/kontor/kalender?maaned=2026-07",
        "/kontor/rettigheder?borger=B-23456", "/kontor/rettigheder?borger={code}",
        "/kontor/aftaler?vis=alle", "/kontor/findes-ikke", "/kontor/praksisser?q=findes-ikke", "/kontor/besoeg?side=2"]
LOG = ["/log", "/log?hvad=PULL&side=2", "/log?borger=B-23456&fra=i%20dag", "/log?fra=01-01-2031", "/adgang"]


def addresses(app: Flask) -> dict[str, list[str]]:
    """Endpoint → addresses; an empty list where a route needs an id and has no example."""
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in DOORS and "GET" in (rule.methods or ()):
            given = EXAMPLES.get(rule.endpoint)
            found[rule.endpoint] = (given or []) + ([] if rule.arguments or given == [] else [rule.rule])
    return found


def without_example(app: Flask) -> list[str]:
    """Routes that nobody looks at."""
    return [endpoint for endpoint, all in addresses(app).items() if not all and endpoint not in EXAMPLES]
