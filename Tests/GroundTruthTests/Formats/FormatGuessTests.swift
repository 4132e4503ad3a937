import GroundTruth
import Testing

/// Formats are told by names and by what stands in the files.
@Suite struct FormatGuessTests {
  @Test(arguments: [
    ("a.manifest", "", Format.groundTruth),
    ("a.jsonl", "{\"source-ref\":\"a\"}\n{}\n", .groundTruth),
    ("a.json", "{\"source-ref\":\"a\"}", .groundTruth),
    ("a.json", "{\"images\":[],\"annotations\":[]}", .coco),
    ("a.json", "[{\"image_id\":1,\"category_id\":1}]", .coco),
    ("a.json", "{\"version\":\"5\",\"shapes\":[]}", .labelme),
    ("a.json", "[{\"data\":{}}]", .labelStudio),
    ("a.json", "[{\"image\":\"a\",\"annotations\":[]}]", .createML),
    ("a.json", "{\"CustomLabels\":[]}", .rekognition),
    ("a.json", "{\"a.jpg\":{\"CustomLabels\":[]}}", .rekognition),
    ("a.json", "{\"humanAnswers\":[]}", .a2i),
    ("a.xml", "<annotation><object/></annotation>", .voc),
    ("a.xml", "<?xml version='1.0'?><annotations><version>1.1</version>", .cvat),
    ("a.xml", "<?xml version='1.0'?><dataset><images>", .imglab),
    ("a.csv", "ImageID,Source,LabelName,Confidence,XMin\n", .openImages),
    ("a.csv", "a.jpg,cat\n", .csv), ("data.yaml", "names: [a]", .yolo), ("cat/a.jpg", "", .folders),
  ]) func told(_ path: String, _ text: String, _ format: Format) {
    #expect(Format.guess(from: AnnotationFiles(path, text)) == format)
  }

  @Test func whatIsUnclearIsNotGuessed() {
    #expect(Format.guess(from: AnnotationFiles("a.json", "{\"x\":1}")) == nil)
    #expect(Format.guess(from: AnnotationFiles("a.json", "[NaN")) == nil)
    #expect(Format.guess(from: AnnotationFiles([:])) == nil)
    let two = AnnotationFiles([
      "a.json": Array("{\"humanAnswers\":[]}".utf8), "b.json": Array("{\"shapes\":[]}".utf8),
    ])
    #expect(Format.guess(from: two) == nil)
    #expect(Format.candidates(for: two) == [.a2i, .labelme])
  }
}
