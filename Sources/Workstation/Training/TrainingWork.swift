/// What the screen knows of the training in the background.
struct TrainingWork: Sendable {
  /// The training that runs.
  struct Running: Hashable, Sendable {
    /// The version, once it is known.
    var version: String?
    /// How far it is, 0…1.
    var share = 0.0
    /// How far it is, in words.
    var text = "looking at the images"
    /// Whether it was told to stop.
    var isStopping = false
    /// Whether the person was told what becomes of it when they leave.
    var saidWhatQuittingDoes = false
  }

  /// The training by itself after so many corrected images.
  struct Loop: Hashable, Sendable {
    /// After how many.
    var interval: Int
    /// The lines changed since the last training began.
    var changed: Set<Int> = []
  }

  /// The training that runs, if one does.
  var running: Running?
  /// The training by itself, if it is on.
  var loop: Loop?
  /// A version whose predictions are shown when the person goes on to another image.
  var waiting: TrainedVersion?
}
