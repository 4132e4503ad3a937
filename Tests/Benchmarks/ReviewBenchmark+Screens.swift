import Cells
import Workstation

extension ReviewBenchmark {
  /// The evaluation screen and the contact sheet, frames included, pictures not.
  static func screens(_ state: inout State, runs: Int) -> [(what: String, samples: [Double])] {
    var samples: [(what: String, samples: [Double])] = []
    func measure(_ what: String, _ key: Key, before: [Key] = [], after: [Key] = []) {
      let times = (0..<runs).map { _ in
        for key in before { _ = state.reduce(.input(.key(key)), at: 0) }
        let time = time {
          _ = state.reduce(.input(.key(key)), at: 0)
          _ = state.frame
        }
        for key in after { _ = state.reduce(.input(.key(key)), at: 0) }
        return time
      }
      samples.append((what, times))
    }
    let (escape, enter, tab) = (Key(.escape), Key(.enter), Key(.tab))
    func key(_ character: Character) -> Key { .character(character) }
    let open = [key("g"), key("e")]
    measure("opening the figures", key("e"), before: [key("g")], after: [escape])
    measure("figures of another label", key("j"), before: open, after: [escape])
    measure(
      "figures at another threshold", key("]"), before: open, after: [key("["), escape])
    measure(
      "a cell of the matrix as a queue", enter, before: open + [tab], after: [escape, escape])
    measure("opening the contact sheet", key("C"), after: [escape])
    measure("a page of the contact sheet", key("d"), before: [key("C")], after: [escape])
    measure("accepting a sheet", key("A"), before: [key("C")], after: [key("u"), escape])
    return samples
  }
}
