/// A prediction that a person has decided on, as it is remembered so that it doesn't come back.
///
/// On disk `{"label":"RBC","left":10,"top":20,"width":30,"height":40}`; without numbers it is a
/// label for the whole image.
public struct SettledPrediction: Hashable, Sendable {
  /// A place in pixels, as the prediction's own attribute or file has it.
  public struct Place: Hashable, Sendable {
    /// The left edge.
    public var left: Double
    /// The top edge.
    public var top: Double
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double

    /// Creates a place, in pixels.
    public init(left: Double, top: Double, width: Double, height: Double) {
      self.left = left
      self.top = top
      self.width = width
      self.height = height
    }
  }

  /// The label predicted.
  public var label: String
  /// Where; `nil` for a label of the whole image.
  public var place: Place?

  /// Creates what is to be remembered.
  public init(label: String, place: Place? = nil) {
    self.label = label
    self.place = place
  }
}

extension SettledPrediction {
  /// Reads a list, passing over elements that aren't such predictions.
  static func list(_ value: JSONValue?) -> [SettledPrediction] {
    (value?.elements ?? []).compactMap(SettledPrediction.init)
  }

  private init?(_ value: JSONValue) {
    guard let label = value["label"]?.string else { return nil }
    let numbers = Self.names.compactMap { value[$0]?.double }
    self.init(label: label)
    if numbers.count == Self.names.count {
      place = Place(left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3])
    }
  }

  private static let names = ["left", "top", "width", "height"]

  /// How it is written.
  func bytes(in style: JSONStyle) -> [UInt8] {
    var members = [(name: "label", value: JSONText.encode(label))]
    if let place {
      let numbers = [place.left, place.top, place.width, place.height]
      members += zip(Self.names, numbers).map { ($0, JSONNumber.encode($1)) }
    }
    return style.object(members)
  }
}
