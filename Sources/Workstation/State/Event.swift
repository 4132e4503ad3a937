public import Cells
public import GroundTruth

/// Something that happened: the person did something, or an effect came to its end.
public enum Event: Sendable {
  /// A key, the mouse, a paste, a new size.
  case input(InputEvent)
  /// Nothing was typed for as long as `State.patience` said.
  case pause
  /// The way to the terminal was seen to carry so many bytes a second.
  case drained(bytesPerSecond: Double)
  /// Much of what was drawn is still on its way to the terminal, or no longer.
  case link(isBehind: Bool)
  /// A picture asked for is there, or will never be.
  case picture(PictureRequest, PictureOutcome)
  /// So many steps are safe in the journal, counted from the start.
  case recorded(through: Int)
  /// So many steps are in the manifest itself.
  case saved(through: Int)
  /// Writing failed; what is wrong and the way out. The steps are kept and tried again.
  case storageFailed(String)
  /// Some lines of a large manifest are counted, as they were when it was opened.
  case counted(Survey.Part)
  /// A command on the whole dataset came to its end.
  case performed(DatasetCommand, DatasetOutcome)
  /// Something became of the models, or of what was asked of one.
  case models(ModelsNews)
  /// The training in the background has news.
  case training(TrainingNews)
  /// The model that looks at images has news.
  case looked(LookNews)
  /// A program-made notice: what came back after a crash, a label file that could not be written.
  case notice(String, isProblem: Bool)
}
