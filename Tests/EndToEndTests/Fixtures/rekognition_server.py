"""Custom Labels on the loopback interface, as far as the tests need it.

Every request is held against botocore's own service model (shapes, required members, patterns,
lengths, ranges, enumerations), and so is every answer, so that neither side can drift from the
API. Projects, datasets and versions go through the states that the API reference names, a step each
time they are described.

    rekognition_server.py FOLDER [S3-ENDPOINT]

FOLDER holds:
    port             written once it listens
    requests.jsonl   a line a request: operation, input, what is wrong with it
    faults.json      {"Operation": ["Code", …]}: errors to answer with, each once
    problems         what went wrong in here; empty if nothing
S3-ENDPOINT is where manifests are read from and results are put, as moto serves it.
"""

import base64
import json
import os
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session

FOLDER = sys.argv[1]
S3 = sys.argv[2] if len(sys.argv) > 2 else None
SESSION = botocore.session.get_session()
MODEL = SESSION.get_service_model("rekognition")
# Credentials of its own: nothing of the person's is ever looked at.
BUCKETS = S3 and SESSION.create_client(
    "s3", region_name="us-east-1", endpoint_url=S3, aws_access_key_id="server",
    aws_secret_access_key="server")
LOCK = threading.Lock()
ACCOUNT = "arn:aws:rekognition:us-east-1:123456789012"


# MARK: The model's rules


def python_pattern(pattern):
    """A pattern as Python has it, which knows no classes of Unicode."""
    for theirs, ours in (("\\p{L}", "\\w"), ("\\p{N}", "\\d"), ("\\p{Z}", "\\s")):
        pattern = pattern.replace(theirs, ours)
    return pattern


def check(shape, value, where, wrong):
    """Notes in `wrong` all in which a value differs from its shape."""
    rules = shape.metadata
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            return wrong.append(f"{where}: no object")
        for name in shape.required_members:
            if name not in value:
                wrong.append(f"{where}: {name} is missing")
        for name, member in value.items():
            if name not in shape.members:
                wrong.append(f"{where}: {name} is unknown")
            else:
                check(shape.members[name], member, f"{where}.{name}", wrong)
        return
    if kind == "list":
        if not isinstance(value, list):
            return wrong.append(f"{where}: no list")
        size = len(value)
        for place, element in enumerate(value):
            check(shape.member, element, f"{where}[{place}]", wrong)
    elif kind == "map":
        if not isinstance(value, dict):
            return wrong.append(f"{where}: no map")
        size = len(value)
        for key, element in value.items():
            check(shape.key, key, f"{where} key", wrong)
            check(shape.value, element, f"{where}.{key}", wrong)
    elif kind == "string":
        if not isinstance(value, str):
            return wrong.append(f"{where}: no text")
        size = len(value)
        if "pattern" in rules and not re.fullmatch(python_pattern(rules["pattern"]), value):
            wrong.append(f"{where}: {value[:80]!r} is not like {rules['pattern']}")
        if "enum" in rules and value not in rules["enum"]:
            wrong.append(f"{where}: {value!r} is none of {rules['enum']}")
    elif kind == "blob":
        try:
            size = len(base64.b64decode(value, validate=True))
        except Exception:
            return wrong.append(f"{where}: no base 64")
    elif kind in ("integer", "long"):
        if not isinstance(value, int) or isinstance(value, bool):
            return wrong.append(f"{where}: no whole number")
        size = value
    elif kind in ("float", "double", "timestamp"):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return wrong.append(f"{where}: no number")
        size = value
    elif kind == "boolean":
        if not isinstance(value, bool):
            wrong.append(f"{where}: no boolean")
        return
    else:
        return wrong.append(f"{where}: {kind} is unknown here")
    if "min" in rules and size < rules["min"]:
        wrong.append(f"{where}: {size} is less than {rules['min']}")
    if "max" in rules and size > rules["max"]:
        wrong.append(f"{where}: {size} is more than {rules['max']}")


class Refusal(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


# MARK: What there is


class Dataset:
    def __init__(self, project, kind, entries):
        Dataset.count = getattr(Dataset, "count", 1_600_000_000_000) + 1
        self.arn = f"{project.prefix}/dataset/{kind.lower()}/{Dataset.count}"
        self.kind, self.project, self.entries = kind, project, {}
        self.status, self.message = "CREATE_IN_PROGRESS", "The dataset is being created."
        self.after = "CREATE_COMPLETE"
        self.created = time.time()
        self.take(entries)

    def take(self, lines):
        """Takes lines as the service does: what it can't read is dropped without a word."""
        for line in lines:
            try:
                entry = json.loads(line)
                name = entry["source-ref"]
            except Exception:
                continue
            if len(line) > 100_000 or not name.startswith("s3://"):
                continue
            entry.pop("cl-metadata", None)
            names = [n[: -len("-metadata")] for n in entry if n.endswith("-metadata")]
            entry["cl-metadata"] = {"is_labeled": bool(names)}
            if "bad" in name:
                entry["cl-errors"] = [
                    {"code": "ERROR_INVALID_IMAGE_DIMENSION",
                     "message": "The image dimension(s) do not conform to allowed dimensions."}
                ]
            self.entries[name] = entry

    def update(self, status):
        self.status, self.after = f"{status}_IN_PROGRESS", f"{status}_COMPLETE"

    def describe(self):
        found = self.summary()
        if self.status.endswith("_IN_PROGRESS"):
            self.status, self.message = self.after, "The dataset was changed."
        return found

    def summary(self):
        return {
            "Status": self.status, "StatusMessage": self.message, "StatusMessageCode": "SUCCESS",
            "CreationTimestamp": self.created,
        }

    @property
    def labels(self):
        found = set()
        for entry in self.entries.values():
            for name, value in entry.items():
                if name.endswith("-metadata") and isinstance(value, dict):
                    found.update(value.get("class-map", {}).values())
                    if "class-name" in value:
                        found.add(value["class-name"])
        return found


class Version:
    def __init__(self, project, request):
        self.name, self.project, self.request = request["VersionName"], project, request
        self.arn = f"{project.prefix}/version/{self.name}/1700000000000"
        self.status, self.left = "TRAINING_IN_PROGRESS", 2
        self.created, self.units = time.time(), {}
        self.fails = "fail" in self.name

    def step(self):
        if self.left > 0:
            self.left -= 1
            return
        if self.status == "TRAINING_IN_PROGRESS":
            self.status = "TRAINING_FAILED" if self.fails else "TRAINING_COMPLETED"
            self.write_results()
        elif self.status == "STARTING":
            self.status = "RUNNING"
        elif self.status == "STOPPING":
            self.status = "STOPPED"

    def place(self, name):
        output = self.request["OutputConfig"]
        return {
            "Bucket": output["S3Bucket"],
            "Name": f"{output.get('S3KeyPrefix', '')}EvaluationResult-{self.name}/{name}",
        }

    def write_results(self):
        test = self.project.datasets.get("TEST")
        lines = [json.dumps(entry) for entry in (test.entries.values() if test else [])]
        broken = {
            "source-ref": "s3://bucket/photos/a.png",
            "errors": [{"code": "ERROR_INVALID_IMAGE", "message": "The image is invalid."}],
        }
        put(self.place("training_manifest_with_validation.json"), json.dumps(broken) + "\n")
        put(self.place("manifest_summary.json"), json.dumps({"statistics": {}}))
        if self.fails:
            return
        put(self.place("snapshot.manifest"), "\n".join(lines) + "\n")
        put(self.place("summary.json"), json.dumps({
            "Version": "1",
            "AggregatedEvaluationResults": {"Precision": 0.9, "Recall": 0.8, "F1Score": 0.847},
            "LabelEvaluationResults": [],
        }))

    def describe(self):
        found = {
            "ProjectVersionArn": self.arn, "CreationTimestamp": self.created,
            "Status": self.status, "StatusMessage": f"The model is {self.status}.",
            "OutputConfig": self.request["OutputConfig"], **self.units,
        }
        if self.status != "TRAINING_IN_PROGRESS":
            def asset(name):
                return {"Assets": [{"GroundTruthManifest": {"S3Object": self.place(name)}}]}

            found["TrainingEndTimestamp"] = self.created + 5520
            found["ManifestSummary"] = {"S3Object": self.place("manifest_summary.json")}
            found["TrainingDataResult"] = {
                "Validation": asset("training_manifest_with_validation.json")}
            if not self.fails:
                found["BillableTrainingTimeInSeconds"] = 5520
                found["EvaluationResult"] = {
                    "F1Score": 0.847, "Summary": {"S3Object": self.place("summary.json")}}
                found["TestingDataResult"] = {"Output": asset("snapshot.manifest")}
        return found


class Project:
    def __init__(self, name):
        self.name, self.prefix = name, f"{ACCOUNT}:project/{name}"
        self.arn = f"{self.prefix}/1600000000000"
        self.datasets, self.versions = {}, {}
        self.created = time.time()

    def describe(self):
        return {
            "ProjectArn": self.arn, "CreationTimestamp": self.created, "Status": "CREATED",
            "Datasets": [
                {"DatasetType": d.kind, "DatasetArn": d.arn, **d.summary()}
                for d in self.datasets.values()
            ],
        }


PROJECTS = {}


def get(place):
    try:
        answer = BUCKETS.get_object(Bucket=place["Bucket"], Key=place["Name"])
        return answer["Body"].read().decode()
    except Exception as error:
        raise Refusal("InvalidS3ObjectException", f"Unable to read the manifest: {error}")


def put(place, text):
    BUCKETS.put_object(Bucket=place["Bucket"], Key=place["Name"], Body=text.encode())


def find(arn, kind):
    for project in PROJECTS.values():
        for one in {
            "project": [project], "dataset": list(project.datasets.values()),
            "version": list(project.versions.values()),
        }[kind]:
            if one.arn == arn:
                return one
    raise Refusal("ResourceNotFoundException", f"The {kind} does not exist.")


def page(elements, request, most=100):
    """A page as long as asked for, and the token of the next."""
    start = int(base64.b64decode(request.get("NextToken", "MA==")))
    size = min(request.get("MaxResults", most), most)
    token = base64.b64encode(str(start + size).encode()).decode()
    return elements[start : start + size], token if start + size < len(elements) else None


# MARK: The operations


def CreateProject(request):
    name = request["ProjectName"]
    if name in PROJECTS:
        raise Refusal("ResourceInUseException", "A project of that name exists.")
    PROJECTS[name] = Project(name)
    return {"ProjectArn": PROJECTS[name].arn}


def DescribeProjects(request):
    names = request.get("ProjectNames")
    found = [p.describe() for n, p in PROJECTS.items() if names is None or n in names]
    return {"ProjectDescriptions": found}


def CreateDataset(request):
    project = find(request["ProjectArn"], "project")
    kind = request["DatasetType"]
    if kind in project.datasets:
        raise Refusal("ResourceAlreadyExistsException", "The dataset exists.")
    lines = []
    if "DatasetSource" in request:
        lines = get(request["DatasetSource"]["GroundTruthManifest"]["S3Object"]).splitlines()
    dataset = project.datasets[kind] = Dataset(project, kind, lines)
    if "doomed" in project.name:
        dataset.after = "CREATE_FAILED"
    return {"DatasetArn": dataset.arn}


def DescribeDataset(request):
    dataset = find(request["DatasetArn"], "dataset")
    errors = sum("cl-errors" in entry for entry in dataset.entries.values())
    labeled = sum(entry["cl-metadata"]["is_labeled"] for entry in dataset.entries.values())
    return {"DatasetDescription": {
        **dataset.describe(), "LastUpdatedTimestamp": time.time(),
        "DatasetStats": {
            "TotalEntries": len(dataset.entries), "LabeledEntries": labeled,
            "TotalLabels": len(dataset.labels), "ErrorEntries": errors,
        },
    }}


def ListDatasetEntries(request):
    dataset = find(request["DatasetArn"], "dataset")
    if dataset.status.endswith("_IN_PROGRESS"):
        raise Refusal("ResourceNotReadyException", "The dataset is not ready.")
    entries = [
        json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        for entry in dataset.entries.values()
        if not request.get("HasErrors") or "cl-errors" in entry
    ]
    found, token = page(entries, request)
    return {"DatasetEntries": found, **({"NextToken": token} if token else {})}


def UpdateDatasetEntries(request):
    dataset = find(request["DatasetArn"], "dataset")
    if dataset.status.endswith("_IN_PROGRESS"):
        raise Refusal("ResourceInUseException", "The dataset is being changed.")
    dataset.take(base64.b64decode(request["Changes"]["GroundTruth"]).decode().splitlines())
    dataset.update("UPDATE")
    return {}


def DistributeDatasetEntries(request):
    training, test = [find(d["Arn"], "dataset") for d in request["Datasets"]]
    if test.entries:
        raise Refusal("InvalidParameterException", "The test dataset is not empty.")
    for name in list(training.entries)[::5]:
        test.entries[name] = training.entries.pop(name)
    training.update("UPDATE")
    test.update("UPDATE")
    return {}


def CreateProjectVersion(request):
    project = find(request["ProjectArn"], "project")
    if request["VersionName"] in project.versions:
        raise Refusal("ResourceInUseException", "The version name is in use.")
    if "TRAIN" not in project.datasets:
        raise Refusal("InvalidParameterException", "The project has no training dataset.")
    version = project.versions[request["VersionName"]] = Version(project, request)
    return {"ProjectVersionArn": version.arn}


def DescribeProjectVersions(request):
    project = find(request["ProjectArn"], "project")
    names = request.get("VersionNames")
    found = [v for n, v in reversed(project.versions.items()) if names is None or n in names]
    answer = [version.describe() for version in found]
    for version in found:
        version.step()
    # Two a page, so that paging is always on the way.
    found, token = page(answer, request, most=2)
    return {"ProjectVersionDescriptions": found, **({"NextToken": token} if token else {})}


def StartProjectVersion(request):
    version = find(request["ProjectVersionArn"], "version")
    if version.status not in ("TRAINING_COMPLETED", "STOPPED"):
        raise Refusal("ResourceInUseException", f"The model is {version.status}.")
    version.status, version.left = "STARTING", 1
    version.units = {k: v for k, v in request.items() if k.endswith("Units")}
    return {"Status": "STARTING"}


def StopProjectVersion(request):
    version = find(request["ProjectVersionArn"], "version")
    if version.status not in ("RUNNING", "STARTING"):
        raise Refusal("ResourceInUseException", f"The model is {version.status}.")
    version.status, version.left = "STOPPING", 1
    return {"Status": "STOPPING"}


def box(left, top, width, height):
    return {"BoundingBox": {"Left": left, "Top": top, "Width": width, "Height": height}}


def image_of(request):
    image = request["Image"]
    if ("Bytes" in image) == ("S3Object" in image):
        raise Refusal("InvalidParameterException", "Either bytes or an object.")
    if "Bytes" in image and base64.b64decode(image["Bytes"])[:4] not in (
        b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1"
    ):
        raise Refusal("InvalidImageFormatException", "Invalid image format.")


def DetectCustomLabels(request):
    version = find(request["ProjectVersionArn"], "version")
    if version.status != "RUNNING":
        raise Refusal("ResourceNotReadyException", "The model is not running.")
    image_of(request)
    return {"CustomLabels": [
        {"Name": "cat", "Confidence": 97.5, "Geometry": box(0.25, 0.25, 0.5, 0.5)},
        {"Name": "indoors", "Confidence": 61.25},
    ]}


def DetectLabels(request):
    image_of(request)
    return {"Labels": [
        {"Name": "Animal", "Confidence": 99.0, "Instances": [], "Parents": []},
        {"Name": "Dog", "Confidence": 95.0, "Parents": [{"Name": "Animal"}], "Instances": [
            {"Confidence": 90.0, **box(0.0, 0.0, 0.5, 1.0)},
            {"Confidence": 80.0, **box(0.5, 0.0, 0.5, 1.0)},
        ]},
    ], "LabelModelVersion": "3.0"}


def DetectModerationLabels(request):
    image_of(request)
    return {"ModerationLabels": [
        {"Name": "Smoking", "Confidence": 88.0, "ParentName": "Drugs & Tobacco"},
    ], "ModerationModelVersion": "7.0"}


def DetectFaces(request):
    image_of(request)
    return {"FaceDetails": [
        {**box(0.1, 0.2, 0.3, 0.4), "Confidence": 99.5},
    ]}


# MARK: The wire


def answer(operation, request):
    """The answer to a request; raises what the service refuses."""
    model = MODEL.operation_model(operation)
    wrong = []
    check(model.input_shape, request, operation, wrong)
    note = json.dumps({"operation": operation, "input": shortened(request), "wrong": wrong})
    with open(os.path.join(FOLDER, "requests.jsonl"), "a") as file:
        file.write(note + "\n")
    if wrong:
        raise Refusal("InvalidParameterException", "; ".join(wrong))
    fault = next_fault(operation)
    if fault:
        raise Refusal(fault, f"{fault} was asked for.")
    found = globals()[operation](request)
    wrong = []
    check(model.output_shape, found, operation, wrong)
    if wrong:
        raise RuntimeError("the answer is wrong: " + "; ".join(wrong))
    return found


def shortened(request):
    return {
        k: {"Bytes": len(v["Bytes"])} if k == "Image" and "Bytes" in v else v
        for k, v in request.items()
    }


def next_fault(operation):
    path = os.path.join(FOLDER, "faults.json")
    if not os.path.exists(path):
        return None
    with open(path) as file:
        faults = json.load(file)
    waiting = faults.get(operation, [])
    if not waiting:
        return None
    fault = waiting.pop(0)
    with open(path, "w") as file:
        json.dump(faults, file)
    return fault


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            with LOCK:
                operation = self.headers["X-Amz-Target"].rpartition(".")[2]
                self.send(200, answer(operation, json.loads(body)))
        except Refusal as refusal:
            status = 500 if refusal.code == "InternalServerError" else 400
            self.send(status, {"__type": refusal.code, "message": refusal.message})
        except Exception as error:
            with open(os.path.join(FOLDER, "problems"), "a") as file:
                file.write(f"{error!r}\n")
            self.send(500, {"__type": "InternalServerError", "message": repr(error)})

    def send(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(os.path.join(FOLDER, "port.new"), "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(os.path.join(FOLDER, "port.new"), os.path.join(FOLDER, "port"))
    server.serve_forever()
