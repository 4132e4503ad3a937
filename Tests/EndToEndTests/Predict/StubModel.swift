import Foundation

/// A predictor's program as a script for `sh`, which is everywhere.
enum StubModel {
  /// Writes the script into a folder and returns the command that runs it.
  ///
  /// - Parameters:
  ///   - folder: Where it goes.
  ///   - body: What it does for a request, whose number is in `id` and whose file's name in `name`;
  ///     `cat 90` gives a box of a cat with that confidence.
  ///   - before: What it does first.
  static func write(
    to folder: Folder, _ body: String = "cat 90", before: String = ""
  ) throws
    -> String
  {
    try folder.write(
      """
      box='"Geometry":{"BoundingBox":{"Left":0.25,"Top":0.25,"Width":0.5,"Height":0.5}}'
      cat() {
        printf '{"id":"%s","CustomLabels":[{"Name":"cat","Confidence":%s,%s}]}\\n' "$id" "$1" "$box"
      }
      echo '{"model":{"name":"stub","version":"v1","labels":["cat","dog"],"thresholds":{"cat":50}}}'
      \(before)
      while IFS= read -r line; do
        id=${line#*\\"id\\":\\"}; id=${id%%\\"*}
        path=${line#*\\"path\\":\\"}; path=${path%%\\"*}; name=${path##*/}
        \(body)
      done
      """, to: "model.sh")
    return "/bin/sh '\(folder("model.sh"))'"
  }
}
