import GroundTruth
import TestSupport

/// A box of a label, with its class id, for a line made in a test.
struct Drawn {
  var id: Int
  var label: String
  var rect: (left: Int, top: Int, width: Int, height: Int)

  init(_ id: Int, _ label: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int) {
    self.id = id
    self.label = label
    rect = (left, top, width, height)
  }
}

/// A line with boxes in an attribute.
func boxLine(
  _ name: String, _ boxes: [Drawn], attribute: String = "bb", human: Bool = true,
  date: String = "2026-01-01T00:00:00.000000", rest: String = ""
) -> [UInt8] {
  var map: [(Int, String)] = []
  for box in boxes where !map.contains(where: { $0.0 == box.id }) {
    map.append((box.id, box.label))
  }
  let annotations = boxes.map {
    #"{"class_id":\#($0.id),"top":\#($0.rect.top),"left":\#($0.rect.left),"#
      + #""height":\#($0.rect.height),"width":\#($0.rect.width)}"#
  }.joined(separator: ",")
  let objects = boxes.map { _ in #"{"confidence":1}"# }.joined(separator: ",")
  let names = map.map { #""\#($0.0)":"\#($0.1)""# }.joined(separator: ",")
  let text =
    #"{"source-ref":"\#(name)","\#(attribute)":{"image_size":[{"width":640,"height":480,"depth":3}],"#
    + #""annotations":[\#(annotations)]},"\#(attribute)-metadata":{"objects":[\#(objects)],"#
    + #""class-map":{\#(names)},"type":"groundtruth/object-detection","#
    + #""human-annotated":"\#(human ? "yes" : "no")","creation-date":"\#(date)","#
    + #""job-name":"labeling-job/a"}\#(rest)}"#
  return Array(text.utf8)
}

/// A member of a line for an image-level label of its own.
func pair(
  _ attribute: String, _ label: String, _ number: String = "1", human: Bool = true
) -> String {
  #","\#(attribute)":\#(number),"\#(attribute)-metadata":{"class-name":"\#(label)","#
    + #""confidence":1,"type":"groundtruth/image-classification","#
    + #""human-annotated":"\#(human ? "yes" : "no")","creation-date":"2026-01-01T00:00:00"}"#
}

/// A line that names an image, with members after that.
func plainLine(_ name: String, _ rest: String = "") -> [UInt8] {
  Array(#"{"source-ref":"\#(name)"\#(rest)}"#.utf8)
}

/// Lines as they may come: boxes of a few labels, image-level labels, empty, unlabelled, broken.
func randomLines(_ count: Int, labels: [String], using random: inout SeededGenerator) -> [[UInt8]] {
  (0..<count).map { number in
    let name = "images/\(number).jpg"
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return plainLine(name)
    case 1: return boxLine(name, [])
    case 2: return Array("{ broken".utf8)
    case 3: return []
    case 4, 5:
      let place = Int.random(in: labels.indices, using: &random)
      return plainLine(name, pair("image-label_" + labels[place], labels[place], "\(place)"))
    case 6:
      let few = labels.indices.filter { _ in Bool.random(using: &random) }
      let ids = few.map(String.init).joined(separator: ",")
      let map = few.map { #""\#($0)":"\#(labels[$0])""# }.joined(separator: ",")
      let confidences = few.map { #""\#($0)":0.5"# }.joined(separator: ",")
      return plainLine(
        name,
        #","m":[\#(ids)],"m-metadata":{"class-map":{\#(map)},"confidence-map":{\#(confidences)},"#
          + #""type":"groundtruth/image-classification-multilabel","human-annotated":"yes"}"#)
    default:
      let boxes = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let place = Int.random(in: labels.indices, using: &random)
        return Drawn(
          place, labels[place], Int.random(in: 0..<300, using: &random),
          Int.random(in: 0..<200, using: &random), Int.random(in: 1..<300, using: &random),
          Int.random(in: 1..<200, using: &random))
      }
      let rest =
        Bool.random(using: &random) ? "" : #","note":"\#(labels[0])","reticle":{"verified":true}"#
      return boxLine(name, boxes, human: Bool.random(using: &random), rest: rest)
    }
  }
}
