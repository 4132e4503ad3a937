import ArgumentParser
import Cells
import Dispatch
import GroundTruth
import Mosaic
import Storage
import Terminal
import Workstation

/// `reticle label`: labels a folder, images or a manifest.
struct Label: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Label a folder, images or a manifest.",
    discussion: """
      A folder's labels go to output.manifest in it; a manifest is changed in place, and only \
      where you change it. Everything is saved as you work. ? shows the keys.

      EXAMPLES
        reticle label photos/ --labels cat,dog
        reticle label photos/ --labels labels.json -o animals.manifest
        reticle label train.manifest --images photos/ --s3-prefix s3://bucket/photos/
        reticle label photos/ --task classification --labels sharp,blurred
        reticle label train.manifest --read-only

      Images that source-ref names by s3:// and that are not in --images DIR are fetched by your \
      own aws program, and kept in $XDG_CACHE_HOME/reticle (up to 1 GiB).
      """)

  @Argument(help: "A folder, images, or one manifest.", completion: .file())
  var paths: [String]

  @Option(name: .shortAndLong, help: "The manifest to write, if not the one given.")
  var output: String?

  @Option(help: "Labels, as cat,dog or a file: a label category file, or one label a line.")
  var labels: String?

  @Option(help: "The attribute for boxes (default: the manifest's own, else bounding-box).")
  var attribute: String?

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @Option(help: "What source-ref begins with, as s3://bucket/prefix/; --images says where it lies.")
  var s3Prefix: String?

  @Flag(help: "Look without writing.")
  var readOnly = false

  @Option(help: "What digits and Space mean (default: by what the manifest holds).")
  var task: LabellingTask?

  @Option(help: "The pixels that boxes of turned images are in (default: upright).")
  var boxSpace: BoxSpace?

  @Option(help: "The job named in the manifest's metadata.")
  var job: String = "reticle"

  @Option(help: "Keys to begin with.")
  var preset: Preset?

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a folder, images or a manifest") }
    if let s3Prefix, !s3Prefix.hasPrefix("s3://") {
      throw ValidationError("--s3-prefix begins with s3://, as s3://bucket/prefix/")
    }
  }

  func run() throws {
    try MainActor.assumeIsolated { try runOnMainThread() }
  }

  @MainActor
  private func runOnMainThread() throws {
    let preferences = try Preferences.load()
    let project = try Project.open(self, preferences: preferences)
    defer { project.store.close() }
    let screen = try openScreen(preferences)
    let (state, problem) = label(project, on: screen, preferences: preferences)
    screen.close()
    project.rememberPlace(of: state)
    if let problem {
      throw Failure.saying(problem, Failure.cannotCreate)
    }
    tell(project, state)
  }

  @MainActor
  private func openScreen(_ preferences: Preferences) throws -> CursesScreen {
    do {
      return try CursesScreen(
        options: TerminalOptions(color: drawing.color ?? preferences.color ?? .auto))
    } catch {
      throw Failure.saying(error.description, Failure.usage)
    }
  }

  /// Runs the session; returns its last state, and what could not be written if anything.
  @MainActor
  private func label(
    _ project: Project, on screen: CursesScreen, preferences: Preferences
  )
    -> (State, String?)
  {
    let mailbox = Mailbox(wake: screen.waker)
    let writer = DatasetWriter(project: project, mailbox: mailbox)
    let files = RemoteImages(locator: project.locator)
    let loader = PictureLoader(files: files, mailbox: mailbox)
    let counter = LineCounter(project: project, mailbox: mailbox)
    for notice in project.notices {
      mailbox.post(.notice(notice.text, isProblem: notice.isProblem))
    }
    let session = Session(
      state: project.state(for: screen, preferences: preferences, options: self), screen: screen,
      mailbox: mailbox, clock: WallClock.secondsSince1970
    ) { effect in
      switch effect {
      case .want(let requests):
        loader.want(requests)
        counter.notePicturesWanted()
      case .record(let record, let number): writer.record(record, number: number)
      case .save(let dataset, let through): writer.save(dataset, through: through)
      case .perform(let command, let dataset):
        DispatchQueue.global(qos: .userInitiated).async {
          mailbox.post(command.perform(on: dataset, of: project))
        }
      case .keepLabel(let label): writer.keepLabel(label)
      case .keepBoxSpace(let space): writer.keepSetting(Project.boxSpace, space.rawValue)
      case .repaint, .suspend, .ring: break
      }
    }
    counter.start()
    session.run()
    counter.stop()
    loader.want([])
    files.finish()
    return (session.state, writer.finish(session.state))
  }

  /// A line on what there is now, for whoever comes back to the shell.
  private func tell(_ project: Project, _ state: State) {
    guard state.hasEdits else { return }
    Failure.say("\(project.outputPath): \(state.summary)")
  }
}
