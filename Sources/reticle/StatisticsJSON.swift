import GroundTruth

/// Statistics for machines; the keys are those that the help of `stats` lists.
enum StatisticsJSON {
  private static let style = JSONStyle.compact

  /// An object on a line.
  static func line(_ statistics: DatasetStatistics, manifest: String) -> [UInt8] {
    let survey = statistics.survey
    let states = EntryState.named.map { ($0.name, number(survey.count(of: $0.state))) }
    let labels = survey.labels.map { label in
      object([
        ("label", JSONText.encode(label.name)),
        ("class_id", label.classID.map(number) ?? Array("null".utf8)),
        ("boxes", number(label.boxCount)), ("images", number(label.imageCount)),
        ("image_level", number(label.imageLevelCount)),
      ])
    }
    let pairs = statistics.pairs.map { pair in
      object([
        ("labels", style.array([JSONText.encode(pair.first), JSONText.encode(pair.second)])),
        ("images", number(pair.imageCount)),
      ])
    }
    return object([
      ("manifest", JSONText.encode(manifest)), ("attribute", JSONText.encode(survey.truth)),
      ("lines", number(survey.summaries.count)), ("images", number(statistics.imageCount)),
      ("states", object(states)), ("labels", style.array(labels)), ("boxes", boxes(statistics)),
      ("together", style.array(pairs)),
      ("together_is_complete", Array(statistics.hasMorePairs ? "false".utf8 : "true".utf8)),
    ]) + [0x0A]
  }

  private static func boxes(_ statistics: DatasetStatistics) -> [UInt8] {
    let perImage = statistics.imagesByBoxCount.sorted { $0.key < $1.key }.map {
      object([("boxes", number($0.key)), ("images", number($0.value))])
    }
    let areas = statistics.boxes.areas
    return object([
      ("count", number(statistics.boxCount)), ("per_image", style.array(perImage)),
      ("shorter_side", bins(statistics.boxes.shorterSides)),
      (
        "area",
        object([
          ("small", number(areas.small)), ("medium", number(areas.medium)),
          ("large", number(areas.large)),
        ])
      ),
      ("aspect", bins(statistics.boxes.aspects)),
    ])
  }

  private static func bins(_ histogram: Histogram) -> [UInt8] {
    style.array(
      histogram.bins.map { bin in
        object([
          ("from", JSONNumber.encode(bin.from)),
          ("to", bin.to.map { JSONNumber.encode($0) } ?? Array("null".utf8)),
          ("boxes", number(bin.count)),
        ])
      })
  }

  private static func object(_ members: [(String, [UInt8])]) -> [UInt8] {
    style.object(members.map { (name: $0.0, value: $0.1) })
  }

  private static func number(_ value: Int) -> [UInt8] { JSONNumber.encode(value) }
}
