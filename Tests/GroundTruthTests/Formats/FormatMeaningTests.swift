import GroundTruth
import Testing

/// What formats say beside boxes arrives as what it is.
@Suite struct FormatMeaningTests {
  private func read(_ format: Format, _ text: String) throws -> Import {
    try format.coding.read(
      MemoryTree(
        ["x.json": text], images: ["a.jpg": ImageSize(width: 200, height: 100)]),
      options: ReadOptions())
  }

  // MARK: Label Studio

  @Test func rotationIsAboutTheTopLeftCorner() throws {
    // A quarter turn clockwise about the corner at 100, 20: 40 × 10 becomes 10 × 40, to its left.
    let found = try read(
      .labelStudio,
      """
      [{"data":{"image":"/data/local-files/?d=sub%20dir/a.jpg"},"annotations":[{"result":[
      {"type":"rectanglelabels","original_width":200,"original_height":100,"score":0.5,
      "value":{"x":50,"y":20,"width":20,"height":10,"rotation":90,"rectanglelabels":["a","b"]}},
      {"type":"choices","value":{"choices":["day"]},"to_name":"image"}]}],
      "predictions":[{"result":[
      {"type":"rectanglelabels","original_width":200,"original_height":100,"score":0.25,
      "value":{"x":0,"y":0,"width":100,"height":100,"rotation":0,"rectanglelabels":["a"]}}]}]}]
      """)
    let image = found.dataset.images[0]
    #expect(image.name == "sub dir/a.jpg")
    #expect(image.boxes.map(\.frame) == [[90, 20, 10, 40], [90, 20, 10, 40], [0, 0, 200, 100]])
    #expect(image.boxes.map(\.label) == ["a", "b", "a"])
    #expect(image.boxes.map(\.isPrediction) == [false, false, true])
    #expect(image.boxes.map(\.confidence) == [0.5, 0.5, 0.25])
    #expect(image.imageLabels == [.init(label: "day")])
    #expect(found.notes.contains { $0.hasPrefix("x.json:2: A turned") })
  }

  @Test func cancelledAnnotationsAreNoTruth() throws {
    func task(_ members: String) -> String {
      """
      [{"data":{"image":"a.jpg"},"annotations":[
      {"updated_at":"2024-01-02","ground_truth":false,\(members),"result":[\(choice("new"))]},
      {"updated_at":"2024-01-01","ground_truth":false,"result":[\(choice("old"))]}]}]
      """
    }
    func choice(_ name: String) -> String {
      "{\"type\":\"choices\",\"value\":{\"choices\":[\"\(name)\"]}}"
    }
    let cancelled = try read(.labelStudio, task("\"was_cancelled\":true")).dataset.images[0]
    #expect(cancelled.imageLabels.map(\.label) == ["old"])
    let newest = try read(.labelStudio, task("\"was_cancelled\":false")).dataset.images[0]
    #expect(newest.imageLabels.map(\.label) == ["new"])
    let alone = try read(
      .labelStudio,
      "[{\"data\":{\"image\":\"a.jpg\"},\"annotations\":[{\"was_cancelled\":true,\"result\":[]}]}]")
    #expect(!alone.dataset.images[0].isAnnotated)
  }

  // MARK: LabelMe

  @Test func cornersStandInAnyOrderAndFlagsAreLabels() throws {
    let found = try LabelMe.read(
      MemoryTree([
        "sub/a.json": """
        {"imagePath":"../photos/a.jpg","imageWidth":200,"imageHeight":100,
        "flags":{"day":true,"night":false},"shapes":[
        {"label":"b","shape_type":"rectangle","points":[[50,60],[10,20]],"group_id":4,
        "flags":{"occluded":true}}]}
        """,
        "labels.txt": "__ignore__\n_background_\nunused\nb\n",
      ]), options: ReadOptions())
    let image = found.dataset.images[0]
    #expect(image.name == "photos/a.jpg")
    #expect(image.boxes[0].frame == [10, 20, 40, 40])
    #expect(image.boxes[0].traits == ["occluded": "1", "group_id": "4"])
    #expect(image.imageLabels.map(\.label) == ["day"])
    #expect(found.dataset.names == ["unused", "b", "day"])
    #expect(found.notes.isEmpty)
  }

  @Test func labelMeKeepsWhatItCanHold() throws {
    var box = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "a", confidence: 0.5)
    box.isCrowd = true
    box.traits = ["pose": "left", "difficult": "1", "group_id": "3", "description": "x\ny"]
    let image = LabeledImage(
      name: "d/a.jpg", size: ImageSize(width: 9, height: 9), boxes: [box],
      imageLabels: [.init(label: "b")])
    let dataset = LabeledDataset(labels: ["a", "b", "c"].map { .init(name: $0) }, images: [image])
    let export = try LabelMe.write(dataset, options: WriteOptions())
    #expect(export.losses.isEmpty)
    #expect(export.files.map(\.path) == ["d/a.json", "labels.txt"])
    let back = try LabelMe.read(MemoryTree(export), options: ReadOptions()).dataset
    #expect(back.images == dataset.images)
    #expect(back.names == dataset.names)
  }

  // MARK: A2I

  @Test func majorityNamesAndTheLastDraws() throws {
    func answer(_ day: Int, _ label: String, left: Int) -> String {
      """
      {"submissionTime":"2024-01-0\(day)","answerContent":{"crowd-image-classifier":
      {"label":"\(label)"},"boxes":{"boundingBoxes":[{"left":\(left),"top":2,"width":3,"height":4,
      "label":"b"}],"inputImageProperties":{"width":20,"height":10}}}}
      """
    }
    let found = try read(
      .a2i,
      """
      {"inputContent":{"taskObject":"s3://b/a.jpg","detectedLabel":"dog",
      "detectedConfidenceLevel":"25"},"humanAnswers":[\(answer(3, "cat", left: 7)),
      \(answer(1, "dog", left: 5)),\(answer(2, "cat", left: 6))]}
      """)
    let image = found.dataset.images[0]
    #expect(image.name == "s3://b/a.jpg")
    #expect(image.size == ImageSize(width: 20, height: 10))
    #expect(image.boxes.map(\.frame) == [[7, 2, 3, 4]])
    #expect(
      image.imageLabels == [
        .init(label: "dog", confidence: 0.25, isPrediction: true), .init(label: "cat"),
      ])
    #expect(found.notes.count == 2)
  }

  @Test func nobodyAnsweredOrNoneOfTheAbove() throws {
    let none = try read(
      .a2i, "{\"inputContent\":{\"taskObject\":\"a.jpg\"},\"humanAnswers\":[]}")
    #expect(!none.dataset.images[0].isAnnotated)
    let above = try read(
      .a2i,
      """
      {"inputContent":{"taskObject":"a.jpg"},"humanAnswers":[{"answerContent":
      {"crowd-image-classifier":{"label":"None of the Above"}}}]}
      """)
    #expect(above.dataset.images[0].isAnnotated)
    #expect(above.dataset.images[0].imageLabels.isEmpty)
  }

  // MARK: DetectCustomLabels

  @Test func answersWithoutGeometryAreForTheImage() throws {
    let found = try DetectCustomLabels.read(
      MemoryTree(
        [
          "a.json": """
          {"CustomLabels":[{"Name":"x","Confidence":75},{"Name":"y","Confidence":50,"Geometry":
          {"BoundingBox":{"Left":-0.01,"Top":0.5,"Width":0.26,"Height":0.5000001}}}]}
          """
        ], images: ["a.jpg": ImageSize(width: 200, height: 100)]), options: ReadOptions())
    let image = found.dataset.images[0]
    #expect(image.name == "a.jpg")
    #expect(image.imageLabels == [.init(label: "x", confidence: 0.75, isPrediction: true)])
    #expect(image.boxes.map(\.frame) == [[0, 50, 50, 50]])
    #expect(image.boxes[0].isPrediction && image.boxes[0].confidence == 0.5)
    #expect(found.notes.count == 1)
  }

  // MARK: COCO

  @Test func resultsAreReadBesideTheirInstances() throws {
    let size = ImageSize(width: 99, height: 99)
    let truth = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "b", isCrowd: true)
    let guess = LabeledBox(
      left: 2, top: 2, width: 3.5, height: 4, label: "a", confidence: 0.75, isPrediction: true)
    let dataset = LabeledDataset(
      labels: [.init(name: "b", id: 90), .init(name: "unused", id: 4), .init(name: "a")],
      images: [
        LabeledImage(name: "x.jpg", size: size, boxes: [truth, guess]),
        LabeledImage(name: "y.jpg", size: size),
      ])
    let export = try COCO.write(dataset, options: WriteOptions())
    #expect(export.files.map(\.path) == ["instances.json", "results.json"])
    #expect(export.losses.isEmpty)
    let back = try COCO.read(MemoryTree(export), options: ReadOptions()).dataset
    #expect(back.images == dataset.images)
    #expect(back.labels.map(\.id) == [90, 4, 91])
    #expect(back.names == dataset.names)
    let text = export.files[0].bytes.text
    #expect(text.contains("{\"id\":1,\"image_id\":1,\"category_id\":90"))
    // Without the instances, labels come from their places and images are numbers.
    let alone = MemoryTree("results.json", bytes: export.files[1].bytes)
    let names = (0...91).map { "label \($0)" }
    let bare = try COCO.read(alone, options: ReadOptions(labels: names)).dataset
    #expect(bare.images.map(\.name) == ["1"])
    #expect(bare.images[0].boxes.map(\.label) == ["label 91"])
  }

  // MARK: Losses

  @Test func predictionsAreNeverMixedWithTruth() throws {
    let box = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "a")
    var guess = box
    guess.isPrediction = true
    let size = ImageSize(width: 9, height: 9)
    let both = LabeledDataset(images: [LabeledImage(name: "a", size: size, boxes: [box, guess])])
    let alone = LabeledDataset(images: [LabeledImage(name: "a", size: size, boxes: [guess])])
    for format in [Format.labelme, .createML, .a2i] {
      let export = try format.coding.write(both, options: WriteOptions())
      #expect(export.losses.count == 1)
      let back = try format.coding.read(MemoryTree(export), options: ReadOptions())
      #expect(back.dataset.boxCount == 1)
      #expect(try format.coding.write(alone, options: WriteOptions()).losses.count == 1)
    }
    for format in [Format.groundTruth, .coco, .labelStudio] {
      let export = try format.coding.write(both, options: WriteOptions())
      #expect(export.losses.isEmpty)
      let back = try format.coding.read(MemoryTree(export), options: ReadOptions())
      #expect(back.dataset.images[0].boxes.map(\.isPrediction) == [false, true])
    }
  }

  /// An image with nothing but a model's boxes was looked at by nobody.
  @Test func predictionsAloneSayThatNobodyLooked() throws {
    let guess = LabeledBox(
      left: 1, top: 2, width: 3, height: 4, label: "a", confidence: 0.5, isPrediction: true)
    let size = ImageSize(width: 9, height: 9)
    let dataset = LabeledDataset(
      images: [
        LabeledImage(name: "a.jpg", size: size, boxes: [guess], isAnnotated: false),
        LabeledImage(name: "b.jpg", size: size, isAnnotated: false),
      ])
    let holding: [Format] = [
      .groundTruth, .coco, .yolo, .cvat, .imglab, .openImages, .labelStudio, .rekognition,
    ]
    for format in holding {
      let export = try format.write(dataset)
      let folder = format == .yolo ? "images/" : ""
      let back = try format.read(
        MemoryTree(export, images: [folder + "a.jpg": size, folder + "b.jpg": size])
      ).dataset
      var expected = guess
      if format == .cvat { expected.confidence = nil }
      #expect(back.images[0].boxes == [expected], "\(format)")
      #expect(back.images.map(\.isAnnotated) == [false, false], "\(format)")
    }
    // A person's labels, said to be a model's.
    var truth = dataset
    truth.images[0].boxes[0].isPrediction = false
    truth.images[0].isAnnotated = true
    for format in [Format.groundTruth, .coco, .labelme, .labelStudio, .a2i, .voc] {
      let back = try format.read(
        MemoryTree(format.write(truth)), options: ReadOptions(arePredictions: true)
      ).dataset
      #expect(back.images[0].boxes.map(\.isPrediction) == [true], "\(format)")
      #expect(!back.images[0].isAnnotated, "\(format)")
    }
  }

  @Test func whatATargetCannotHoldIsListed() throws {
    var box = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "a", confidence: 0.5)
    box.isCrowd = true
    box.traits = ["pose": "left"]
    let size = ImageSize(width: 9, height: 9)
    let dataset = LabeledDataset(
      labels: [.init(name: "a"), .init(name: "unused")],
      images: [
        LabeledImage(name: "x", size: size, boxes: [box], imageLabels: [.init(label: "b")]),
        LabeledImage(name: "y", size: size, isAnnotated: false),
      ])
    let counts: [Format: Int] = [
      .groundTruth: 2, .coco: 2, .labelme: 1, .labelStudio: 3, .createML: 6, .rekognition: 4,
      .a2i: 4,
    ]
    for (format, count) in counts {
      let losses = try format.coding.write(dataset, options: WriteOptions()).losses
      #expect(losses.count == count, "\(format): \(losses)")
    }
  }
}
