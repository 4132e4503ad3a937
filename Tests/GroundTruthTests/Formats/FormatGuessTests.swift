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
    #expect(Format.guess(from: MemoryTree([path: text])) == format)
  }

  /// Tables of other tools lie beside annotations; they don't make these unclear.
  @Test func tablesOfOthersAreNotTakenForAWS() {
    for table in ["filename,width,height,class,xmin\na.jpg,1,1,x,0\n", "id,name\n1,x\n", ""] {
      let files = MemoryTree(["a.json": "{\"humanAnswers\":[]}", "b.csv": table])
      #expect(Format.candidates(for: files) == [.a2i])
    }
    for table in ["a.jpg,cat\n", "s3://b/a.png\n", "image,label\nx,cat\n"] {
      #expect(Format.guess(from: MemoryTree(["b.csv": table])) == .csv)
    }
  }

  @Test func whatIsUnclearIsNotGuessed() {
    #expect(Format.guess(from: MemoryTree(["a.json": "{\"x\":1}"])) == nil)
    #expect(Format.guess(from: MemoryTree(["a.json": "[NaN"])) == nil)
    #expect(Format.guess(from: MemoryTree()) == nil)
    let two = MemoryTree([
      "a.json": "{\"humanAnswers\":[]}", "b.json": "{\"shapes\":[]}",
    ])
    #expect(Format.guess(from: two) == nil)
    #expect(Format.candidates(for: two) == [.a2i, .labelme])
  }
}
