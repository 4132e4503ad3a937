/// The way from a folder of photos to a tested model, for someone who has never been here.
enum ModelsGuide {
  /// What the help of the models' screen begins with; no line is wider than 74 cells.
  static let lines: [(key: String, text: String)] =
    [
      "FROM A FOLDER OF PHOTOS TO A TESTED MODEL",
      "",
      "1  Open the photos:  reticle label photos/ --labels cat,dog",
      "2  Label about ten. For boxes: w, the arrows or the mouse, w again, then",
      "   the label's digit; Space says an image is done, and d goes on. To sort",
      "   whole images: start with --task classification and press digits.",
      "3  Press gm for this screen, then t. A model is trained beside your work:",
      "   Esc goes back to labelling, which makes the next model better.",
      "4  When its status is TRAINING_COMPLETED, go to it with the arrows and",
      "   press Enter: it starts. Here it is free; on AWS it is billed as long as",
      "   it runs, so you are asked first, and x stops it.",
      "5  Once it is RUNNING it looks at the image shown. Each result is a row",
      "   and a box: the arrows go through the rows and fill the row's box.",
      "   d and a test the next and the previous image, :test FILE any other.",
      "6  [ and ] change how sure the model must be, Left and Right the model:",
      "   the same image is looked at again. Request and Response, two Tabs",
      "   on, are what a program would send and get.",
      "7  Where it errs, correct: Esc, label more of what it misses, gm, t.",
      "   F1 is what it does on images it was not trained on: 1 is perfect.",
    ].map { ("", $0) }

  /// What commands mean here.
  static let explanations: [Command: String] = [
    .moveLeft: "results: ask the running model before this one",
    .moveRight: "results: ask the running model after this one",
    .moveUp: "up: versions, results, lines",
    .moveDown: "down",
    .moveUpFar: "up, ten times as far",
    .moveDownFar: "down, ten times as far",
    .moveLeftFar: "as h",
    .moveRightFar: "as l",
    .firstImage: "first version, result or line",
    .lastImage: "last version, result or line",
    .confirm: "start the version, test it if it runs; result: zoom",
    .nextBox: "next part: models, results, request, response",
    .previousBox: "previous part",
    .deleteBox: "stop the version, or its training",
    .deleteAllBoxes: "remove the version for good",
    .nextImage: "test the next image",
    .previousImage: "test the previous image",
    .runModel: "ask the model again; try again what failed",
    .trainModel: "train the next version on what is labelled",
    .lowerThreshold: "show less sure results; at last by the model's own",
    .raiseThreshold: "show only surer results",
  ]
}

extension Command {
  /// What it does on a screen, as its help says it.
  func explanation(in context: KeyContext) -> String {
    (context == .models ? ModelsGuide.explanations[self] : nil) ?? explanation
  }
}
