import Prediction
import Testing

@Suite struct PredictionModelTests {
  @Test(arguments: [
    (PredictionModel(name: "yolov8n"), "labeling-job/yolov8n"),
    (PredictionModel(name: "raccoons", version: "v2"), "labeling-job/raccoons-v2"),
    (
      PredictionModel(name: "/opt/my model.pt", version: "é\u{1B}[2J"),
      "labeling-job/opt-my-model.pt-2J"
    ),
    (PredictionModel(name: "…"), "labeling-job/model"),
  ])
  func `A job name has only plain characters`(model: PredictionModel, name: String) {
    #expect(model.jobName == name)
  }

  @Test func `A long name keeps its end, where versions differ`() {
    let model = PredictionModel(name: String(repeating: "a", count: 500), version: "v7")
    #expect(model.jobName.utf8.count == 133)
    #expect(model.jobName.hasSuffix("a-v7"))
  }
}
