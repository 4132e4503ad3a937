"""An Ultralytics model as a predictor: pip install ultralytics, then
   reticle predict m.manifest --command 'python3 Assets/predictors/yolo.py yolov8n.pt'"""
import json
import sys

from ultralytics import YOLO

answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no answer
weights = sys.argv[1] if len(sys.argv) > 1 else "yolov8n.pt"
model = YOLO(weights)


def look(request):
    result = model.predict(request["path"], conf=0.05, verbose=False)[0]
    for box in result.boxes:
        left, top, right, bottom = box.xyxyn[0].tolist()
        yield {"Name": result.names[int(box.cls)], "Confidence": 100 * float(box.conf),
               "Geometry": {"BoundingBox": {
                   "Left": left, "Top": top, "Width": right - left, "Height": bottom - top}}}


print(json.dumps({"model": {"name": weights, "labels": list(model.names.values())}}),
      file=answers, flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"id": request["id"], "CustomLabels": list(look(request))}
    except Exception as error:
        answer = {"id": request["id"], "error": str(error)}
    print(json.dumps(answer), file=answers, flush=True)
