#!/usr/bin/env python3
"""Makes the truths and the expected figures beside this file.

    python3 -m venv venv && venv/bin/pip install pycocotools==2.0.11
    venv/bin/python make-fixtures.py            # expected.txt from the truths beside this file
    venv/bin/python make-fixtures.py DATA       # the truths, too, from a folder with the data sets

Predictions are made by the same arithmetic here and in PredictionMaker.swift, from SplitMix64.
"""
import contextlib
import io
import json
import os
import sys
import xml.etree.ElementTree as ElementTree

import numpy
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = ["bccd", "raccoon", "fruitnuts", "2label"]
SEEDS = [1, 2, 3]
MASK = (1 << 64) - 1


class SplitMix64:
    """As SeededGenerator of the tests."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return (mixed ^ (mixed >> 31)) % bound


def predictions(images, label_count, seed):
    """A list of (label, left, top, width, height, confidence) for each image."""
    random = SplitMix64(seed)
    made = []
    for place, boxes in enumerate(images):
        own = []
        for label, left, top, width, height, _ in boxes:
            if random.below(5) == 0:
                continue
            copies = 2 if random.below(8) == 0 else 1
            for _ in range(copies):
                spread = 5 + random.below(40)
                shifts = [(random.below(2 * spread + 1) - spread) / 200.0 for _ in range(4)]
                wrong = random.below(10) == 0
                chosen = random.below(label_count) if wrong else label
                own.append((
                    chosen, left + width * shifts[0], top + height * shifts[1],
                    width + width * shifts[2], height + height * shifts[3],
                    (20 + random.below(81)) / 100.0))
        # More than the 100 of an image and label that COCO looks at.
        for _ in range(130 if place == 0 else random.below(4)):
            own.append((
                random.below(label_count) if place > 0 else 0,
                float(random.below(400)), float(random.below(300)),
                float(5 + random.below(150)), float(5 + random.below(150)),
                random.below(91) / 100.0))
        made.append(own)
    return made


def read_truths(name):
    labels, images = [], []
    with open(os.path.join(HERE, name + ".txt")) as file:
        for line in file:
            words = line.split()
            if words[0] == "label":
                labels.append(words[1])
            elif words[0] == "image":
                images.append([])
            else:
                numbers = [float(word) for word in words[1:5]]
                images[-1].append((int(words[0]), *numbers, len(words) > 5))
    return labels, images


def write_truths(name, labels, images):
    with open(os.path.join(HERE, name + ".txt"), "w") as file:
        for label in labels:
            print("label", label, file=file)
        for boxes in images:
            print("image", file=file)
            for label, left, top, width, height, crowd in boxes:
                numbers = " ".join(f"{number:g}" for number in (left, top, width, height))
                print(label, numbers + (" crowd" if crowd else ""), file=file)


def read_voc(folder):
    labels, images = [], []
    for name in sorted(os.listdir(folder)):
        boxes = []
        for item in ElementTree.parse(os.path.join(folder, name)).iter("object"):
            label = item.findtext("name")
            if label not in labels:
                labels.append(label)
            left, top, right, bottom = (
                int(item.find("bndbox").findtext(side))
                for side in ("xmin", "ymin", "xmax", "ymax"))
            boxes.append((labels.index(label), left, top, right - left, bottom - top, False))
        images.append(boxes)
    return labels, images


def read_coco(path):
    with open(path) as file:
        data = json.load(file)
    places = {category["id"]: place for place, category in enumerate(data["categories"])}
    images = [
        [(places[item["category_id"]], *item["bbox"], bool(item.get("iscrowd")))
         for item in data["annotations"] if item["image_id"] == image["id"]]
        for image in data["images"]]
    return [category["name"] for category in data["categories"]], images


def evaluate(labels, images, found):
    truth = {
        "info": {}, "licenses": [],
        "categories": [{"id": place + 1, "name": name} for place, name in enumerate(labels)],
        "images": [{"id": place + 1} for place in range(len(images))],
        "annotations": [],
    }
    results = []
    for place, boxes in enumerate(images):
        for label, left, top, width, height, crowd in boxes:
            truth["annotations"].append({
                "id": len(truth["annotations"]) + 1, "image_id": place + 1,
                "category_id": label + 1, "bbox": [left, top, width, height],
                "area": width * height, "iscrowd": int(crowd)})
        for label, left, top, width, height, confidence in found[place]:
            results.append({
                "image_id": place + 1, "category_id": label + 1,
                "bbox": [left, top, width, height], "score": confidence})
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = truth
        coco.createIndex()
        evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation, truth, results


def write_coco(truth, results):
    """The files of one set, for the tests of the command."""
    images = [
        {**image, "file_name": f"{image['id']}.jpg", "width": 1200, "height": 800}
        for image in truth["images"]]
    with open(os.path.join(HERE, "2label-instances.json"), "w") as file:
        json.dump({
            "categories": [
                {"id": item["id"], "name": item["name"]} for item in truth["categories"]],
            "images": images,
            "annotations": [
                {key: item[key] for key in ("id", "image_id", "category_id", "bbox", "iscrowd")}
                for item in truth["annotations"]]}, file)
    with open(os.path.join(HERE, "2label-results.json"), "w") as file:
        json.dump([
            {key: item[key] for key in ("image_id", "category_id", "bbox", "score")}
            for item in results], file)


def mean(values):
    values = values[values > -1]
    return repr(float(numpy.mean(values))) if values.size else "none"


def main():
    if len(sys.argv) > 1:
        data = sys.argv[1]
        write_truths("bccd", *read_voc(os.path.join(data, "bccd/Annotations")))
        write_truths("raccoon", *read_voc(os.path.join(data, "raccoon/annotations")))
        write_truths(
            "fruitnuts", *read_coco(os.path.join(data, "formats/fruitnuts_coco_voc/trainval.json")))
        write_truths("2label", *read_coco(os.path.join(
            data, "formats/2label/coco1.0/annotations/instances_default.json")))
    with open(os.path.join(HERE, "expected.txt"), "w") as file:
        print("# set seed predictions AP AP50 AP75 AR100, then a line a label: AP AP50", file=file)
        for name in SETS:
            labels, images = read_truths(name)
            for seed in SEEDS:
                evaluation, truth, results = evaluate(
                    labels, images, predictions(images, len(labels), seed))
                if (name, seed) == ("2label", 1):
                    write_coco(truth, results)
                stats = evaluation.stats
                print("set", name, seed, len(results),
                      *(repr(float(stats[place])) for place in (0, 1, 2, 8)), file=file)
                precision = evaluation.eval["precision"][:, :, :, 0, 2]
                for place in range(len(labels)):
                    print("label", mean(precision[:, :, place]), mean(precision[0, :, place]),
                          file=file)


main()
