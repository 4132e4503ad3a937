import GroundTruth
import Storage

/// How far a training is: a bar on a terminal, now and then a line elsewhere; on standard error.
struct TrainScreen {
  private var line = ProgressLine()
  private var lastTenth = -1
  private var lastPhase = ""

  /// Says what is new.
  mutating func show(_ report: TrainingRun.Report) {
    switch report {
    case .begun(let version, let job, let notes, let isResumed):
      for note in notes { Failure.say(note) }
      let labels = job.labels.count == 1 ? "one label" : "\(job.labels.count) labels"
      Failure.say(
        "\(version.folder): \(isResumed ? "going on with" : "training") \(job.task.words) on "
          + "\(CheckReport.count(job.train.count, "image")), \(labels)"
          + (job.validation.isEmpty ? "" : "; \(job.validation.count) held out to test it"))
    case .progress(let progress): show(progress)
    case .testing(let done, let count):
      show(done, of: count, "testing", detail: "\(done) of \(count) images")
    }
  }

  /// Takes the bar away.
  mutating func clear() { line.clear() }

  private mutating func show(_ progress: EngineTraining.Progress) {
    let name = progress.phase == "calibrate" ? "calibrating" : "training"
    show(progress.step, of: progress.steps, name, detail: TrainingWords.detail(progress))
  }

  private mutating func show(_ part: Int, of whole: Int, _ name: String, detail: String) {
    if line.isTerminal {
      line.show(part, of: whole, before: name + " ", after: detail)
      return
    }
    let tenth = whole > 0 ? part * 10 / whole : 10
    guard name != lastPhase || tenth > lastTenth else { return }
    (lastPhase, lastTenth) = (name, tenth)
    Failure.say("\(name): \(detail)")
  }
}
