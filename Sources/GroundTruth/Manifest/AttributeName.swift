/// The rule for names of label attributes.
enum AttributeName {
  /// Whether a new attribute may be called that.
  ///
  /// Ground Truth takes 1 to 127 letters, digits, `-` and `_`. `-metadata` is kept for metadata
  /// and `-ref` for attributes whose value is a file; `source` and `reticle` are taken.
  static func isLegal(_ name: String) -> Bool {
    (1...127).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
      && !name.hasSuffix(AttributeReader.suffix) && !name.hasSuffix("-ref")
      && name != "source" && name != Mark.member
  }
}
