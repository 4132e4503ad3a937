import GroundTruth
import Testing

/// What a file gets wrong is said with its line.
@Suite struct FormatErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: Format
    let text: String
    let line: Int
    let message: String

    init(_ format: Format, _ text: String, line: Int, _ message: String) {
      self.format = format
      self.text = text
      self.line = line
      self.message = message
    }

    var testDescription: String { "\(format): \(message)" }
  }

  static let deep = String(repeating: "[", count: 100_000)

  static let cases = [
    Case(.coco, "{\"images\":[],\n\"annotations\": \(deep)", line: 2, "nested deeper"),
    Case(.labelme, "{\"shapes\":\n\(deep)", line: 2, "nested deeper"),
    Case(.labelStudio, "\n\(deep)", line: 2, "nested deeper"),
    Case(.coco, "{\"images\":\n[NaN]}", line: 2, "not JSON"),
    Case(.coco, "{\"images\":[],\n", line: 2, "ends inside"),
    Case(.coco, "{\"images\":[\n{\"id\":1}]}", line: 2, "no “file_name”"),
    Case(.coco, "{\"images\":[\n{\"id\":1,\"file_name\":7}]}", line: 2, "isn't text"),
    Case(.coco, "{\"images\":\n7}", line: 2, "isn't an array"),
    Case(
      .coco, "{\"images\":[{\"id\":1,\"file_name\":\"a\",\"width\":1e30,\n\"height\":5}]}", line: 1,
      "isn't a whole number"),
    Case(
      .coco, "{\"images\":[{\"id\":1,\"file_name\":\"a\",\"width\":9,\n\"height\":-5}]}", line: 2,
      "no side of an image"),
    Case(
      .coco, "{\"images\":[{\"id\":1,\"file_name\":\"a\"},\n{\"id\":1,\"file_name\":\"b\"}]}",
      line: 2, "two images have the id 1"),
    Case(.coco, annotation("\"bbox\":[1,2,3]"), line: 3, "3 numbers"),
    Case(.coco, annotation("\"bbox\":[1,2,3,\"4\"]"), line: 3, "isn't a number"),
    Case(.coco, annotation("\"bbox\":[1,2,3,1e99]"), line: 3, "isn't a number up to"),
    Case(.coco, annotation("\"bbox\":[1,2,-3,4]"), line: 3, "negative"),
    Case(.coco, annotation("\"bbox\":[1,2,3,4],\"score\":7"), line: 3, "between 0 and 1"),
    Case(.coco, annotation("\"bbox\":[1,2,3,4],\"image_id\":2"), line: 3, "no image has the id 2"),
    Case(
      .coco, annotation("\"bbox\":[1,2,3,4],\"category_id\":9"), line: 3,
      "no category has the id 9"),
    Case(
      .coco, "[{\"image_id\":1,\n\"category_id\":3,\"bbox\":[1,2,3,4],\"score\":0.5}]", line: 2,
      "nothing names the label 3"),
    Case(.labelme, "{\"shapes\":[\n{\"points\":[]}]}", line: 2, "no “label”"),
    Case(
      .labelme, "{\"shapes\":[\n{\"label\":\"a\",\"points\":[[1]]}]}", line: 2, "isn't [x, y]"),
    Case(.labelme, "{\"shapes\":[],\n\"flags\":{\"a\":1}}", line: 2, "neither true nor false"),
    Case(
      .createML, "[{\"image\":\"a\",\"annotations\":[\n{\"label\":\"a\",\"coordinates\":{}}]}]",
      line: 2, "no “x”"),
    Case(.createML, "[\n{\"annotations\":[]}]", line: 2, "no “image”"),
    Case(.labelStudio, "[\n{\"id\":1}]", line: 2, "no “data”"),
    Case(
      .labelStudio,
      task(
        "\"value\":{\"x\":1,\"y\":1,\"width\":-1,\"height\":1},\"original_width\":9,"
          + "\"original_height\":9"), line: 3, "negative"),
    Case(
      .labelStudio, task("\"value\":{\"x\":1,\"y\":1,\"width\":1,\"height\":1}"), line: 3,
      "original_width"),
    Case(
      .rekognition,
      "{\"CustomLabels\":[\n{\"Name\":\"a\",\"Geometry\":{\"BoundingBox\":{\"Left\":0,\"Top\":0,"
        + "\"Width\":1,\"Height\":1}}}]}", line: 2, "--images"),
    Case(
      .rekognition, "{\"CustomLabels\":[{\"Name\":\"a\",\n\"Confidence\":101}]}", line: 2,
      "between 0 and 100"),
    Case(.a2i, "{\"humanAnswers\":[],\n\"inputContent\":{}}", line: 2, "no image is named"),
    Case(
      .a2i,
      """
      {"inputContent":{"taskObject":"a.jpg"},"humanAnswers":[
      {"answerContent":{"x":{"boundingBoxes":[{"left":1}]}}}]}
      """, line: 2, "no “width”"),
    Case(.groundTruth, "{\"source-ref\":\"a\"}\n{\"source-ref\":}\n", line: 2, "not JSON"),
    Case(.groundTruth, "{\"source-ref\":\"a\"}\n{}\n", line: 2, "no source-ref"),
  ]

  /// A label without a name: what is written of it could not be read again.
  static let nameless = [
    Case(.coco, "{\"images\":[],\"categories\":[\n{\"id\":1,\"name\":\"\"}]}", line: 2, "is empty"),
    Case(.coco, "{\"images\":[\n{\"id\":1,\"file_name\":\"\"}]}", line: 2, "is empty"),
    Case(.labelme, "{\"shapes\":[\n{\"label\":\"\",\"points\":[]}]}", line: 2, "is empty"),
    Case(.labelme, "{\"shapes\":[],\n\"flags\":{\"\":true}}", line: 2, "has no name"),
    Case(.createML, "[{\"image\":\"a\",\"annotations\":[\n\"\"]}]", line: 2, "is empty"),
    Case(
      .createML, "[{\"image\":\"a\",\"annotations\":[\n{\"label\":\"\"}]}]", line: 2, "is empty"),
    Case(
      .labelStudio,
      task(
        "\"value\":{\"x\":1,\"y\":1,\"width\":1,\"height\":1,\"rectanglelabels\":[\"\"]},"
          + "\"original_width\":900,\"original_height\":900"), line: 3,
      "is empty"),
    Case(.rekognition, "{\"CustomLabels\":[\n{\"Name\":\"\"}]}", line: 2, "is empty"),
    Case(
      .a2i,
      """
      {"inputContent":{"taskObject":"a.jpg"},"humanAnswers":[
      {"answerContent":{"x":{"label":""}}}]}
      """, line: 2, "is empty"),
  ]

  private static func annotation(_ members: String) -> String {
    """
    {"images":[{"id":1,"file_name":"a"}],"categories":[{"id":1,"name":"a"}],
    "annotations":[
    {"image_id":1,"category_id":1,\(members)}]}
    """
  }

  private static func task(_ members: String) -> String {
    """
    [{"data":{"image":"a.jpg"},
    "annotations":[{"result":[
    {"type":"rectanglelabels",\(members)}]}]}]
    """
  }

  @Test(arguments: cases + nameless) func linesAndReasonsAreSaid(_ known: Case) {
    let error = #expect(throws: FormatError.self) {
      try known.format.coding.read(
        MemoryTree(["x.json": known.text]), options: ReadOptions())
    }
    #expect(error?.path == "x.json")
    #expect(error?.line == known.line)
    #expect(error?.message.contains(known.message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: FormatRoundTripTests.formats) func nothingToReadIsSaid(_ format: Format) {
    #expect(throws: FormatError.self) {
      try format.coding.read(MemoryTree(), options: ReadOptions())
    }
    #expect(throws: FormatError.self) {
      try format.coding.read(MemoryTree(["x.json": "{\"a\":1}"]), options: ReadOptions())
    }
  }
}
