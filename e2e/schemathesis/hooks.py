"""What the document cannot say: how to get a token, which numbers are BSNs, and which parts of a body belong together."""

import base64
import os

import requests
import schemathesis
from hypothesis import strategies as st

PLATFORM = os.environ["BALIE_URL"]
CLIENT = ("demo-xis", "demo-secret")
PRACTICE = "01000001"
BSN_SYSTEM = "http://fhir.nl/fhir/NamingSystem/bsn"
ACCOUNT_SYSTEM = "http://spreekuur.nl/fhir/NamingSystem/patientIdpId"

# The demo's patients, and somebody without an account.
KNOWN = ["999990019", "999990020", "999990032", "999990044", "999990056"]

# The ids of appointments that were taken.
THERE = []

FILES = {
    "application/pdf": b"%PDF-1.4\n",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


def passes_the_proof(digits):
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits))
    return total % 11 == 0 and digits != "000000000"


bsns = st.sampled_from(KNOWN) | st.from_regex(r"[0-9]{9}", fullmatch=True).filter(passes_the_proof)
schemathesis.openapi.format("bsn", bsns)
schemathesis.openapi.format(
    "patient-identifier",
    st.builds(f"{BSN_SYSTEM}|{{}}".format, bsns) | st.builds(f"{ACCOUNT_SYSTEM}|{{}}".format, st.uuids()),
)
schemathesis.openapi.format("email", st.from_regex(r"[a-z0-9]{1,20}@[a-z0-9]{1,20}\.example", fullmatch=True))


@schemathesis.auth(refresh_interval=300)
class Token:
    """A token of the demo's practice system."""

    def get(self, case, context):
        form = {"grant_type": "client_credentials"}
        answer = requests.post(f"{PLATFORM}/oauth2/token", data=form, auth=CLIENT, timeout=20)
        return answer.json()["access_token"]

    def set(self, case, data, context):
        if case.operation.path.startswith("/fhir/"):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Ties what belongs together, in whatever was made up."""
    headers = case.headers or {}
    if any(name.lower() == "x-organization-identifier" for name in headers) and is_made_to_fit(case):
        headers["X-Organization-Identifier"] = PRACTICE
    if isinstance(case.body, dict):
        tie = TIES.get(case.operation.path)
        if tie:
            tie(case)


def is_made_to_fit(case):
    """Whether the case is meant to be good: one that is meant to be bad keeps its header."""
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.hook
def after_call(context, case, response):
    """Keeps which appointments there are now."""
    if case.operation.path.endswith("/Appointment/{id}") and response.status_code == 200:
        THERE.append(case.path_parameters["id"])


def tie_appointment(case):
    """A5: the id of the address stands in the body. A4: there is a patient. A14: the end is after the start."""
    body = case.body
    people = body.get("participant")
    if is_made_to_fit(case) and isinstance(people, list) and not any(BSN_SYSTEM in str(one) for one in people):
        patient = {"identifier": {"system": BSN_SYSTEM, "value": KNOWN[len(people) % 4]}}
        people.append({"actor": patient, "status": "accepted"})
    # Most changes are of somebody who does not care for versions (A16).
    if is_made_to_fit(case) and body.get("status") == "booked":
        case.headers.pop("If-Match", None)
    if isinstance(body.get("id"), str):
        body["id"] = (case.path_parameters or {}).get("id", body["id"])
    if all(isinstance(body.get(name), str) for name in ("start", "end")):
        body["start"], body["end"] = sorted((body["start"], body["end"]))


def tie_response(case):
    """B5: an appointment that is there."""
    if is_made_to_fit(case) and THERE and isinstance(case.body.get("appointment"), dict):
        case.body["appointment"]["reference"] = f"Appointment/{THERE[-1]}"


def tie_communication(case):
    """D16: the recipient is the contained patient, one text comes first, and files are what they say."""
    body = case.body
    contained, recipient, payload = (body.get(name) for name in ("contained", "recipient", "payload"))
    if all(isinstance(one, list) and one and isinstance(one[0], dict) for one in (contained, recipient)):
        recipient[0]["reference"] = f"#{contained[0].get('id')}"
    if isinstance(payload, list) and all(isinstance(one, dict) for one in payload):
        text = [one for one in payload if "contentString" in one][:1] or [{"contentString": "Hallo"}]
        files = [one for one in payload if is_file(one)]
        body["payload"] = text + [filled(one, place) for place, one in enumerate(files[:5])]


def is_file(piece):
    return isinstance(piece.get("contentAttachment"), dict) and "contentString" not in piece


def filled(piece, place):
    kind, content = list(FILES.items())[place % len(FILES)]
    said = {"contentType": kind, "data": base64.b64encode(content).decode()}
    return {"contentAttachment": {**piece["contentAttachment"], **said}}


TIES = {
    "/fhir/r4/Appointment/{id}": tie_appointment,
    "/fhir/r4/AppointmentResponse": tie_response,
    "/fhir/r4/Communication": tie_communication,
}
