import ArgumentParser
import Cells
import Dispatch
import Storage
import Terminal
import Workstation

/// A project on a screen, from the first picture to the line for the shell.
@MainActor
struct Workplace {
  let project: Project
  let preferences: Preferences
  let options: ProjectOptions
  /// What is done to the state before it is shown.
  var prepare: (inout State) throws -> Void = { _ in }
  /// What is done with the last state.
  var finish: (State) -> Void = { _ in }

  /// Works until the person leaves.
  ///
  /// - Throws: ``Failure``, which says what could not be written.
  func work() throws {
    let screen = try openScreen()
    var state = project.state(for: screen, preferences: preferences, options: options)
    do {
      try prepare(&state)
    } catch {
      screen.close()
      throw error
    }
    let mailbox = Mailbox(wake: screen.waker)
    let training = BackgroundTraining(project: project, mailbox: mailbox)
    let (last, problem) = run(state, on: screen, mailbox: mailbox, training: training)
    screen.close()
    if let word = training.finish() { Failure.say(word) }
    project.rememberPlace(of: last)
    finish(last)
    if let problem { throw Failure.saying(problem, Failure.cannotCreate) }
    tell(last)
  }

  private func openScreen() throws -> CursesScreen {
    let bandwidth = options.work.drawing.bandwidth ?? preferences.bandwidth ?? .auto
    do {
      return try CursesScreen(
        options: TerminalOptions(
          color: options.work.drawing.color ?? preferences.color ?? .auto,
          measuresDrain: CursesScreen.isRemote || bandwidth != .off && bandwidth != .auto))
    } catch {
      throw Failure.saying(error.description, Failure.usage)
    }
  }

  /// Runs the session; returns its last state, and what could not be written if anything.
  private func run(
    _ state: State, on screen: CursesScreen, mailbox: Mailbox, training: BackgroundTraining
  ) -> (State, String?) {
    let writer = DatasetWriter(project: project, mailbox: mailbox)
    let files = RemoteImages(locator: project.locator)
    let loader = PictureLoader(files: files, mailbox: mailbox)
    let models = ModelsDesk(of: project, mailbox: mailbox)
    let looks = LookDesk(options: options.work.predictor, project: project, mailbox: mailbox)
    let counter = LineCounter(project: project, mailbox: mailbox)
    for notice in project.notices {
      mailbox.post(.notice(notice.text, isProblem: notice.isProblem))
    }
    let session = Session(
      state: state, screen: screen, mailbox: mailbox, clock: WallClock.secondsSince1970
    ) { effect in
      switch effect {
      case .want(let requests):
        loader.want(requests)
        counter.notePicturesWanted()
      case .record(let record, let number): writer.record(record, number: number)
      case .save(let dataset, let through): writer.save(dataset, through: through)
      case .perform(let command, let dataset):
        DispatchQueue.global(qos: .userInitiated).async { [project] in
          mailbox.post(command.perform(on: dataset, of: project))
        }
      case .models(let request): models.perform(request)
      case .train(let wish, let dataset): training.start(wish, dataset)
      case .stopTraining: training.stop()
      case .look(let request): looks.want(request)
      case .keepLabel(let label): writer.keepLabel(label)
      case .keepBoxSpace(let space): writer.keepSetting(Project.boxSpace, space.rawValue)
      case .keepPace(let record): writer.keepPace(record)
      case .repaint, .suspend, .ring: break
      }
    }
    counter.start()
    session.run()
    counter.stop()
    models.finish()
    looks.finish()
    loader.want([])
    files.finish()
    return (session.state, writer.finish(session.state))
  }

  /// A line on what there is now, for whoever comes back to the shell.
  private func tell(_ state: State) {
    for name in state.billedModels {
      Failure.say(
        "\(name) runs on AWS and is billed until you stop it: "
          + "reticle aws stop --project \(name.project) --name \(name.version)")
    }
    guard state.hasEdits else { return }
    Failure.say("\(project.outputPath): \(state.summary)")
  }
}
