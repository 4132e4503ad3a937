import GroundTruth
import Testing

@Suite struct CustomLabelTests {
  private func labels(_ json: String) throws -> [CustomLabel] {
    try DetectCustomLabels.labels(in: JSONValue(parsing: Array(json.utf8)), named: "an answer")
  }

  @Test func `Labels are read with percent as shares, and written back as they were`() throws {
    let text =
      #"{"CustomLabels": [{"Name": "RBC", "Confidence": 97.5, "Geometry": {"BoundingBox": "#
      + #"{"Width": 0.3, "Height": 0.4, "Left": 0.1, "Top": 0.2}}}, "#
      + #"{"Name": "blurred", "Confidence": 12.5}]}"#
    let found = try labels(text)
    #expect(
      found == [
        CustomLabel(
          name: "RBC", confidence: 0.975,
          place: .init(left: 0.1, top: 0.2, width: 0.3, height: 0.4)),
        CustomLabel(name: "blurred", confidence: 0.125),
      ])
    #expect(String(decoding: DetectCustomLabels.answer(found), as: UTF8.self) == text)
  }

  @Test func `Ratios become pixels by rounding the edges`() {
    // 12.6 … 37.8: truncating position and size would give 12 … 37.
    let label = CustomLabel(
      name: "a", confidence: 0.5, place: .init(left: 0.126, top: 0.126, width: 0.252, height: 0.252)
    )
    let box = label.box(in: ImageSize(width: 100, height: 100))
    #expect(box.map { [$0.left, $0.top, $0.width, $0.height] } == [13, 13, 25, 25])
    #expect(box?.label == "a")
    #expect(box?.confidence == 0.5)
  }

  @Test(
    arguments: [
      (0.5, 0.5, 1.0, 0.2, CustomLabel.Fit.reachingOut, [50, 50, 50, 20]),
      (-0.5, 0.5, 1.0, 0.2, .reachingOut, [0, 50, 50, 20]),
      (1.5, 0.5, 0.2, 0.2, .outside, nil),
      (-0.5, 0.5, 0.2, 0.2, .outside, nil),
      (0.5, 0.5, 0, 0.2, .empty, nil),
      (1e9, -1e9, 1e9, 1e9, .outside, nil),
      (0, 0, 1, 1, .within, [0, 0, 100, 100]),
      (0.5, 0.5, 1e-9, 1e-9, .within, [50, 50, 1, 1]),
    ] as [(Double, Double, Double, Double, CustomLabel.Fit, [Double]?)])
  func `A box is held to the image`(
    left: Double, top: Double, width: Double, height: Double, fit: CustomLabel.Fit,
    pixels: [Double]?
  ) {
    let label = CustomLabel(
      name: "a", confidence: nil,
      place: .init(left: left, top: top, width: width, height: height))
    #expect(label.fit == fit)
    let box = label.box(in: ImageSize(width: 100, height: 100))
    #expect(box.map { [$0.left, $0.top, $0.width, $0.height] } == pixels)
  }

  @Test(arguments: [
    #"[]"#, #"{}"#, #"{"CustomLabels":{}}"#, #"{"CustomLabels":[1]}"#,
    #"{"CustomLabels":[{"Confidence":1}]}"#, #"{"CustomLabels":[{"Name":""}]}"#,
    #"{"CustomLabels":[{"Name":7}]}"#, #"{"CustomLabels":[{"Name":"a","Confidence":101}]}"#,
    #"{"CustomLabels":[{"Name":"a","Confidence":"97"}]}"#,
    #"{"CustomLabels":[{"Name":"a","Confidence":1e999}]}"#,
    #"{"CustomLabels":[{"Name":"a","Geometry":{"BoundingBox":{"Left":0}}}]}"#,
    #"{"CustomLabels":[{"Name":"a","Geometry":{"BoundingBox":{"Left":0,"Top":0,"Width":-1,"Height":1}}}]}"#,
  ])
  func `What is no answer is an error that names itself`(json: String) throws {
    let error = #expect(throws: FormatError.self) { try self.labels(json) }
    #expect(error?.path == "an answer")
  }
}
