/// What is asked before a model is started for money, stopped or removed.
struct ModelDialog: Sendable {
  /// What is asked.
  enum Question: Hashable, Sendable {
    /// How many inference units a model on AWS is to have.
    case units(ListedModel.Name)
    /// Whether it is really to be started.
    case startOnAWS(ListedModel.Name, units: Int)
    case stopTraining(ListedModel.Name)
    case remove(ListedModel.Name)
  }

  var question: Question
  /// What is typed.
  var line = LineEditor("1")
  /// What is wrong with it.
  var problem: String?

  /// What stands over it.
  var title: String {
    switch question {
    case .units(let name), .startOnAWS(let name, _): "Start \(name)"
    case .stopTraining(let name): "Stop training \(name)"
    case .remove(let name): "Remove \(name)"
    }
  }

  /// What there is to know first, a paragraph each.
  var text: [String] {
    switch question {
    case .units:
      return [
        "AWS bills a model by the hour and by the inference unit from its start until it is "
          + "stopped, whether it is used or not. Around 2023 an inference hour cost about $4 in "
          + "us-east-1; today's prices: https://aws.amazon.com/rekognition/pricing/",
        "One unit answers about 5 images a second (5 TPS). Starting takes some minutes.",
      ]
    case .startOnAWS(_, let units):
      return [
        "\(units == 1 ? "1 inference unit" : "\(units) inference units"), about \(5 * units) images "
          + "a second: billed from now on until you stop it with x here, even after you quit.",
        "Enter starts it; Esc doesn't.",
      ]
    case .stopTraining:
      return ["What it learned so far is kept where it can go on from there.", Self.yesOrNo]
    case .remove(let name):
      return [
        name.home == .aws
          ? "The version is removed from AWS for good, and its figures with it."
          : "The version's folder is removed for good, with its model and its figures.",
        Self.yesOrNo,
      ]
    }
  }

  private static let yesOrNo = "y does it; Esc doesn't."

  /// Whether something is typed.
  var takesText: Bool { if case .units = question { true } else { false } }
}
