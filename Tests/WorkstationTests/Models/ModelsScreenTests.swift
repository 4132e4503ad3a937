import Cells
import GroundTruth
import Mosaic
import Raster
import Testing

@testable import Workstation

/// The models' screen: versions, starting, stopping, testing, and what goes wrong.
@Suite("Models' screen")
struct ModelsScreenTests {
  @Test("gm and :models open it, have the models listed, and Esc goes back")
  func opens() throws {
    var bench = try Bench("100×80\n9×9")
    try bench.run("d g m")
    #expect(bench.take() == "list" && bench.state.isOnModels)
    #expect(bench.screenText.contains("listing the models"))
    try bench.run("Esc")
    #expect(!bench.state.isOnModels && bench.state.queue.position == 1)
    try bench.run(": \"models\" Enter")
    #expect(bench.take() == "list" && bench.state.isOnModels)
  }

  @Test(
    "without models it says how to make one",
    arguments: [(1, "there are 1."), (10, "makes one from the 10 labelled images")])
  func empty(count: Int, words: String) throws {
    let album = (0..<count).map { _ in "9×9 | RBC 1,1 2×2" }.joined(separator: "\n") + "\n9×9"
    var bench = try Bench.models([], album: album, screen: CellSize(columns: 200, rows: 60))
    #expect(bench.screenText.contains("no models yet"))
    #expect(bench.screenText.contains(words), "\(bench.screenText)")
    _ = bench.take()
    try bench.run("t")
    #expect(bench.take() == "train")
  }

  @Test("training needs something labelled")
  func training() throws {
    var bench = try Bench.models([], album: "9×9\n9×9")
    _ = bench.take()
    try bench.run("t")
    #expect(bench.take() == "" && bench.message.contains("nothing is labelled"))
  }

  @Test("a training beside the work is shown, stopped when asked, and its end listed")
  func progress() throws {
    let training = Bench.model(Bench.first, .trainingInProgress, f1: nil)
    var bench = try Bench.models([], screen: CellSize(columns: 200, rows: 60))
    try bench.run("t")
    #expect(bench.take() == "list, train")
    bench.reduce(.training(.begun(version: "v1", imageCount: 160)))
    #expect(bench.take() == "list")
    bench.reduce(.models(.listing([training], of: .here)))
    bench.reduce(.training(.progress(share: 0.25, text: "loss 0.81, 52 s left")))
    #expect(bench.screenText.contains("25 %\n") || bench.screenText.contains("25 %  "))
    #expect(bench.screenText.contains("loss 0.81, 52 s left"))
    try bench.run("Enter")
    #expect(bench.take() == "" && bench.message.contains("still being trained"))
    try bench.run("x n")
    #expect(bench.take() == "")
    try bench.run("x y")
    #expect(bench.take() == "stop training")
    bench.reduce(.training(.stopped("v1 stopped at a checkpoint")))
    #expect(bench.take() == "list")
    var interrupted = training
    interrupted.isInterrupted = true
    bench.reduce(.models(.listing([interrupted], of: .here)))
    try bench.run("Enter")
    #expect(bench.take() == "train v1")
  }

  @Test("what another program or AWS trains is left to it")
  func othersTraining() throws {
    var bench = try Bench.models([
      Bench.model(Bench.first, .trainingInProgress),
      Bench.model(Bench.remote, .trainingInProgress),
    ])
    _ = bench.take()
    for (keys, words) in [("G x", "AWS can't"), ("k x", "not trained by this program")] {
      try bench.run(keys)
      #expect(bench.message.contains(words) && bench.state.overlay == nil)
    }
    #expect(bench.take() == "")
  }

  @Test("a version here starts at once, is used when it runs, and tests the image shown")
  func startsHere() throws {
    var bench = try Bench.models([
      Bench.model(Bench.first, .trainingFailed), Bench.model(Bench.second, .trainingCompleted),
    ])
    #expect(bench.screenText.contains("Enter starts it (free)"))
    _ = bench.take()
    try bench.run("Enter")
    #expect(bench.take() == "start cells/v2 with 1" && bench.message.contains("free"))
    #expect(bench.state.models[Bench.second]?.status == .starting)
    bench.reduce(.models(.status(Bench.second, .running, message: "")))
    #expect(bench.take() == "ask cells/v2 about img1.jpg")
    bench.answer()
    #expect(bench.results == ["RBC 97.1 %", "Platelets 50.0 %", "RBC 41.0 %"])
  }

  @Test("a version on AWS asks for units above 0, names the cost, and is confirmed")
  func startsOnAWS() throws {
    var bench = try Bench.models([Bench.model(Bench.remote, .stopped)])
    _ = bench.take()
    try bench.run("Enter")
    #expect(bench.screenText.contains("bills") && bench.screenText.contains("5 TPS"))
    for typed in ["0", "-1", "x", "1e3", "99999999999999999999"] {
      try bench.run("Ctrl+U \"\(typed)\" Enter")
      #expect(bench.screenText.contains("a number from 1 on"), "\(typed)")
    }
    try bench.run("Ctrl+U \"2\" Enter")
    #expect(bench.screenText.contains("2 inference units, about 10 images"))
    #expect(bench.take() == "")
    try bench.run("x j Space")
    #expect(bench.take() == "")
    try bench.run("Enter")
    #expect(bench.take() == "start cells/v1@aws with 2" && bench.message.contains("billed"))
    #expect(bench.state.billedModels == [Bench.remote])
    try bench.run("x")
    #expect(bench.take() == "stop cells/v1@aws")
    #expect(bench.state.billedModels.isEmpty)
  }

  @Test("Esc leaves a model on AWS alone, at either question")
  func escapes() throws {
    var bench = try Bench.models([Bench.model(Bench.remote, .stopped)])
    _ = bench.take()
    for keys in ["Enter Esc", "Enter Enter Esc"] {
      try bench.run(keys)
      #expect(bench.take() == "" && bench.state.overlay == nil)
      #expect(bench.state.models[Bench.remote]?.status == .stopped)
    }
  }

  @Test("what cannot be undone is asked first")
  func asks() throws {
    var bench = try Bench.models([
      Bench.model(Bench.first, .trainingInProgress), Bench.model(Bench.second, .stopped),
    ])
    _ = bench.take()
    try bench.run("X n X Enter")
    #expect(bench.take() == "" && bench.state.overlay == nil)
    try bench.run("X y")
    #expect(bench.take() == "remove cells/v2")
    #expect(bench.state.models[Bench.second]?.status == .deleting)
    try bench.run("k X")
    #expect(bench.take() == "" && bench.message.contains("x stops it first"))
  }

  // MARK: Testing

  /// Two versions that run, the second in use and answered.
  private func running(
    screen: CellSize = CellSize(columns: 120, rows: 36)
  ) throws -> Bench {
    var bench = try Bench.models(
      [
        Bench.model(Bench.first, .running), Bench.model(Bench.second, .running),
        Bench.model(Bench.third, .stopped),
      ], screen: screen)
    try bench.run("Enter")
    bench.answer()
    _ = bench.take()
    return bench
  }

  @Test("a listing of what is here leaves what is on AWS, and the other way round")
  func listings() throws {
    var bench = try Bench.models([
      Bench.model(Bench.first, .stopped), Bench.model(Bench.remote, .stopped),
    ])
    bench.reduce(.models(.listing([], of: .here)))
    #expect(bench.state.models.versions.map(\.name) == [Bench.remote])
    bench.reduce(.models(.listing([Bench.model(Bench.second, .stopped)], of: .here)))
    #expect(bench.state.models.versions.map(\.name) == [Bench.second, Bench.remote])
    bench.reduce(.models(.listing([], of: .aws)))
    #expect(bench.state.models.versions.map(\.name) == [Bench.second])
  }

  @Test("the cursor begins at a version that runs")
  func cursor() throws {
    let bench = try running()
    #expect(bench.state.models.used == Bench.second)
  }

  @Test("changing the model asks about the same image, and so does r")
  func changes() throws {
    var bench = try running()
    try bench.run("Right")
    #expect(bench.take() == "ask cells/v1 about img1.jpg")
    #expect(bench.results.isEmpty)
    bench.answer()
    try bench.run("Left r")
    #expect(bench.take() == "ask cells/v2 about img1.jpg, ask cells/v2 about img1.jpg")
    #expect(bench.state.models.cursor == Bench.second)
  }

  @Test("another image is tested at once; an answer that comes late is dropped")
  func images() throws {
    var bench = try running()
    let first = try #require(bench.state.models.answer)
    try bench.run("d")
    #expect(bench.take() == "ask cells/v2 about img2.jpg")
    bench.reduce(.models(.detected(first)))
    #expect(bench.state.models.answer == nil)
    bench.answer()
    // Of an image twice as wide.
    #expect(bench.state.shownResults.first?.rect?.width == 60)
    try bench.run("a")
    #expect(bench.take() == "ask cells/v2 about img1.jpg")
    try bench.run("a")
    #expect(bench.take() == "" && bench.message.contains("first image"))
  }

  @Test("any file can be tested, and d goes back to the queue")
  func files() throws {
    var bench = try running()
    bench.state.settings.workingFolder = "/home/me"
    try bench.run(": \"test new/a b.jpg\" Enter")
    #expect(bench.take() == "ask cells/v2 about /home/me/new/a b.jpg")
    let request = try #require(bench.wants.last?.first)
    #expect(request.line == Models.fileLine && request.sourceRef == "/home/me/new/a b.jpg")
    let size = PixelSize(width: 50, height: 30)
    bench.reduce(
      .picture(
        request,
        .loaded(
          Bench.picture(of: size, for: request),
          ImageFacts(storedSize: size, orientation: .upright))))
    bench.answer()
    #expect(
      bench.state.shownResults.first?.rect == PixelRect(left: 5, top: 7.5, width: 15, height: 15))
    #expect(bench.screenText.contains("a b.jpg"))
    try bench.run("d")
    #expect(bench.take() == "ask cells/v2 about img1.jpg")
    try bench.run(": \"test /x.jpg\" Enter Esc")
    #expect(bench.state.pictureLine == 0)
  }

  @Test("rows are sorted, boxes held to the image, and the selected one is filled")
  func selects() throws {
    var bench = try running()
    let rects = bench.state.shownResults.map(\.rect)
    #expect(
      rects == [
        PixelRect(left: 10, top: 20, width: 30, height: 40), nil,
        PixelRect(left: 60, top: 48, width: 40, height: 32),
      ])
    let plain = bench.state.frame
    try bench.run("j")
    #expect(bench.state.models.selection == 0)
    let picture = bench.state.modelsLayout.picture
    let filled = try #require(bench.state.canvas.viewport).cell(of: PixelPoint(x: 25, y: 45))
    let (column, row) = (picture.left + filled.column, picture.top + filled.row)
    #expect(plain[column, row] != bench.state.frame[column, row])
    try bench.run("j j j Enter")
    #expect(bench.state.models.selection == 2)
    #expect(bench.state.canvas.viewport?.isFit == false)
    try bench.run("Shift+Tab")
    #expect(bench.state.models.part == .versions)
  }

  @Test("the threshold is live, and its last step is the model's own")
  func threshold() throws {
    var bench = try running()
    try bench.run("]")
    #expect(bench.results == ["RBC 97.1 %", "WBC 55.5 %", "Platelets 50.0 %"])
    try bench.run("] ]")
    #expect(bench.results == ["RBC 97.1 %"])
    try bench.run("[×12")
    #expect(bench.results.count == 4 && bench.state.models.minimum == 0)
    try bench.run("[")
    #expect(bench.results == ["RBC 97.1 %", "Platelets 50.0 %", "RBC 41.0 %"])
    try bench.run(": \"threshold 0.98\" Enter")
    #expect(bench.screenText.contains("No custom labels detected from 98 % on"))
    #expect(bench.screenText.contains("RBC 97.1 %; [ shows such."))
    try bench.run(": \"threshold 98\" Enter")
    #expect(bench.message == "write :threshold N")
    #expect(bench.take() == "")
  }

  @Test("request and response are there to read, harmless and indented")
  func json() throws {
    var bench = try running()
    try bench.run("Tab")
    #expect(bench.screenText.contains(#"  "ProjectVersionArn": "cells/v2""#))
    try bench.run("Tab")
    #expect(bench.screenText.contains(#"      "Name": "RBC","#))
    #expect(bench.screenText.contains(#"  "Empty": []"#))
    try bench.run("G")
    #expect(bench.state.models.scroll == bench.state.models.response.count - 1)
    let asked = try #require(bench.state.testedImage)
    bench.state.models.asked = (Bench.second, asked)
    bench.reduce(
      .models(
        .detected(
          ModelAnswer(
            model: Bench.second, image: asked,
            labels: [CustomLabel(name: "a\u{1B}[31m\n\u{202E}b", confidence: 0.9)],
            request: "\u{1B}]0;x\u{7}", response: "\u{9B}31m}}}]]\"open"))))
    for keys in ["", "Shift+Tab", "Shift+Tab", "j"] {
      try bench.run(keys)
      #expect(!bench.state.frame.cells.contains { FrameTests.isHarmful($0.glyph) })
    }
  }

  @Test("of an answer beyond all bounds the surest are kept, the best first")
  func many() throws {
    var bench = try running()
    try bench.run("r")
    bench.answer(
      (0..<30_000).map { CustomLabel(name: "RBC", confidence: 0.5 + Double($0) / 60_000) })
    #expect(bench.results.count == 2_000 && bench.results.first == "RBC 100.0 %")
    #expect(bench.message.contains("30000 found"))
  }

  @Test("a click takes a version, a result, or the box under it")
  func clicks() throws {
    var bench = try running()
    try bench.run("<click 5,3>")
    #expect(bench.state.models.cursor == Bench.first && bench.state.models.part == .versions)
    let viewport = try #require(bench.state.canvas.viewport)
    let cell = viewport.cell(of: PixelPoint(x: 20, y: 40))
    let picture = bench.state.pictureRect
    try bench.run("<click \(picture.left + cell.column),\(picture.top + cell.row)>")
    #expect(bench.state.models.selection == 0 && bench.state.models.part == .results)
    let results = bench.state.modelsLayout.results
    try bench.run("<click \(results.left + 4),\(results.top + 4)>")
    #expect(bench.state.models.selection == 2)
    try bench.run("<wheel-up \(results.left + 4),\(results.top + 4)>")
    #expect(bench.state.models.selection == 1)
    #expect(bench.records.isEmpty)
  }

  // MARK: Trouble

  @Test("what failed is said, and r tries it again")
  func trouble() throws {
    var bench = try running(screen: CellSize(columns: 240, rows: 60))
    try bench.run("r")
    let image = try #require(bench.state.testedImage)
    _ = bench.take()
    bench.reduce(
      .models(
        .failed(.detect(Bench.second, image), "The model fell over: look at its log.")))
    #expect(bench.screenText.contains("The model fell over: look at its log. r tries again."))
    try bench.run("r")
    #expect(bench.take() == "ask cells/v2 about img1.jpg")
    bench.reduce(.models(.failed(.start(Bench.third, inferenceUnits: 3), "No room for three.")))
    #expect(bench.take() == "list")
    try bench.run("Shift+Tab r")
    #expect(bench.take() == "start cells/v3 with 3")
  }

  @Test("a failure of what is no longer wanted is passed over")
  func staleTrouble() throws {
    var bench = try running()
    let image = try #require(bench.state.testedImage)
    try bench.run("d")
    bench.reduce(.models(.failed(.detect(Bench.second, image), "Too late.")))
    #expect(bench.state.models.trouble == nil)
  }

  @Test("a model that stops by itself is no longer used")
  func stops() throws {
    var bench = try running()
    bench.reduce(.models(.status(Bench.second, .failed, message: "It ran out of memory.")))
    #expect(bench.state.models.used == nil && bench.message.contains("ran out of memory"))
    #expect(bench.screenText.contains("Go to a running model"))
    try bench.run("d")
    #expect(!bench.take().contains("ask"))
  }

  @Test("a version that is not known yet has the models listed")
  func unknown() throws {
    var bench = try Bench("9×9")
    bench.reduce(.models(.status(Bench.first, .running, message: "")))
    #expect(bench.take() == "list")
  }

  @Test("the help leads from photos to a tested model, and fits")
  func help() throws {
    var bench = try Bench.models([], screen: CellSize(columns: 80, rows: 24))
    try bench.run("?")
    #expect(bench.screenText.contains("FROM A FOLDER OF PHOTOS TO A TESTED MODEL"))
    let lines = KeyTable.lines(of: Preset.standard.keymap, context: .models)
    #expect(ModelsGuide.lines.allSatisfy { $0.text.columnWidth <= 74 })
    #expect(ModelsGuide.explanations.values.allSatisfy { $0.columnWidth <= 53 })
    let commands = Command.allCases.filter {
      !Preset.standard.keymap.keys(for: $0, in: .models).isEmpty
    }
    let texts = lines.filter { !$0.key.isEmpty }.map(\.text)
    #expect(texts.count == commands.count)
  }
}
