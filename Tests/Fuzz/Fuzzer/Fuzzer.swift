import FuzzHarnesses

/// libFuzzer's entry: the harness is named by an argument of the form `--harness=coco`.
///
/// libFuzzer itself passes over arguments that begin with two hyphens.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(Violation) {
    try harness.run(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(harness.name): broken promise: \(error)")
  }
  return 0
}

private let harness: Harness = {
  let option = "--harness="
  let name = CommandLine.arguments.last { $0.hasPrefix(option) }?.dropFirst(option.count)
  guard let harness = name.flatMap({ Harness(name: String($0)) }) else {
    fatalError("Give --harness= and one of \(Harness.all.map(\.name).joined(separator: " ")).")
  }
  return harness
}()
