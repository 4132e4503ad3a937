import Dispatch
import Prediction
import Synchronization

extension Predictor {
  /// Asks for images and waits for all answers, which come in no order.
  func answers(for requests: [PredictionRequest]) -> [PredictionAnswer] {
    let found = Mutex<[PredictionAnswer]>([])
    let news = DispatchSemaphore(value: 0)
    predict(requests) { answer in
      found.withLock { $0.append(answer) }
      news.signal()
    }
    for _ in requests { news.wait() }
    return found.withLock { $0 }
  }

  /// Asks for one image and waits for its answer.
  func answer(for request: PredictionRequest) -> PredictionAnswer {
    answers(for: [request]).first
      ?? PredictionAnswer(
        id: request.id, outcome: .failure(PredictionError(.cancelled, "there is no answer")))
  }
}
