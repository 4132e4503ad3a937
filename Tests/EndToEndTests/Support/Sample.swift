/// Manifest lines as a test writes them.
enum Sample {
  /// A line with boxes, their labels numbered in order of first use.
  static func line(_ name: String, boxes: [WrittenBox]) -> String {
    var labels: [String] = []
    let annotations = boxes.map { box in
      if !labels.contains(box.label) { labels.append(box.label) }
      let id = labels.firstIndex(of: box.label) ?? 0
      return "{\"class_id\":\(id),\"left\":\(box.left.short),\"top\":\(box.top.short),"
        + "\"width\":\(box.width.short),\"height\":\(box.height.short)}"
    }
    let classes = labels.enumerated().map { "\"\($0)\":\"\($1)\"" }
    return #"{"source-ref":"\#(name)","bounding-box":{"image_size":"#
      + #"[{"width":64,"height":48,"depth":3}],"annotations":["#
      + annotations.joined(separator: ",") + #"]},"bounding-box-metadata":{"objects":["#
      + boxes.map { _ in #"{"confidence":1}"# }.joined(separator: ",") + #"],"class-map":{"#
      + classes.joined(separator: ",") + #"},"type":"groundtruth/object-detection","#
      + #""human-annotated":"yes","creation-date":"2024-05-01T10:00:00.000000","#
      + #""job-name":"labeling-job/sample"}}"#
  }

  /// A line that only names an image.
  static func line(_ name: String) -> String { #"{"source-ref":"\#(name)"}"# }
}

extension Double {
  /// The number as JSON writes it, without `.0`.
  fileprivate var short: String { self == rounded() ? String(Int(self)) : String(self) }
}
