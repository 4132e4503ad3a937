import ArgumentParser
import Cells
import GroundTruth
import Storage
import Workstation

extension DatasetCommand {
  /// Does what the subcommand of the same name does, with the manifest that is being worked on.
  ///
  /// - Parameters:
  ///   - dataset: The manifest as it is now.
  ///   - project: What it belongs to.
  /// - Returns: The event that tells what came of it.
  func perform(on dataset: Dataset, of project: Project) -> Event {
    do {
      return .performed(self, try outcome(of: dataset, project))
    } catch let failure as Failure {
      return .notice("\(action.rawValue): \(failure.message)", isProblem: true)
    } catch {
      let text = Reticle.message(for: error)
      return .notice("\(action.rawValue): \(text)", isProblem: true)
    }
  }

  private func outcome(of dataset: Dataset, _ project: Project) throws -> DatasetOutcome {
    switch action {
    case .stats:
      let stats = try Stats.parse([project.outputPath] + words)
      let statistics = DatasetStatistics(
        onAllCores: dataset, truth: stats.attribute ?? project.attribute)
      let style = ReportStyle(bars: Locale.isUnicode ? .blocks : .ascii, width: columns)
      return .report(
        StatisticsReport(statistics, style: style).lines(manifest: project.outputPath))
    case .split:
      var split = try Split.parse([project.outputPath] + words)
      split.attribute = split.attribute ?? project.attribute
      split.images = split.images ?? project.locator.imagesFolder
      split.s3.prefix = split.s3.prefix ?? project.locator.s3Prefix
      return .report(try split.perform(on: dataset))
    case .merge:
      let merge = try Merge.parse([project.outputPath] + words + ["-o", project.outputPath])
      let change = try merge.edit(of: dataset)
      guard !merge.dryRun else { return .report(change.report + ["nothing was changed"]) }
      return .change(added: change.added, change.edit, report: change.report)
    case .select:
      var select = try Select.parse(words + ["--", project.outputPath, query])
      guard select.count || select.output != nil, select.output != "-" else {
        throw Failure.saying("name the manifest to write with -o", Failure.usage)
      }
      select.attribute = select.attribute ?? project.attribute
      return .done(try select.perform(on: dataset).text)
    }
  }
}
