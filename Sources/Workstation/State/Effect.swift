public import GroundTruth

/// Something that the world must do for the state; the program performs it, the state only asks.
public enum Effect: Sendable {
  /// These pictures are wanted, most urgent first; others that are under way may be dropped.
  case want([PictureRequest])
  /// Put a step in the journal; `Event.recorded` tells when it is safe.
  case record(JournalRecord, number: Int)
  /// Write the manifest as it is after so many steps.
  case save(Dataset, through: Int)
  /// Perform a command on the dataset as it is; `Event.performed` tells what came of it, or a
  /// notice why nothing did.
  case perform(DatasetCommand, Dataset)
  /// Do something with the models; `Event.models` tells what came of it.
  case models(ModelsRequest)
  /// Train a model with the dataset as it is, in the background; `Event.training` tells of it.
  case train(TrainingWish, Dataset)
  /// Have the model look at these images, and at no others; `Event.looked` tells what it finds.
  case look(LookRequest)
  /// Stop the training in the background at a checkpoint.
  case stopTraining
  /// Keep a label that was added at work.
  case keepLabel(String)
  /// Keep a setting of this manifest.
  case keepBoxSpace(BoxSpace)
  /// Keep how long a decision took.
  case keepPace(Pace.Record)
  /// Draw the whole screen again.
  case repaint
  /// Give the terminal to the shell.
  case suspend
  /// Sound the bell.
  case ring
}
