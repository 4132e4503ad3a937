// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// Settings of every Swift target: Swift 6 with explicit existentials and imports.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The program as built for use holds the Swift runtime: it starts in half the time, and runs on
/// machines without Swift. (The libraries named are those that Foundation's own are made of.)
let selfContained: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
      "-l_FoundationCollections",
    ], .when(platforms: [.linux], configuration: .release))
]

/// A Swift target of the house; `uses` names the floors below it.
func room(_ name: String, uses: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: uses, swiftSettings: strict)
}

/// The tests of one room.
func tests(_ name: String, uses: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: uses + ["TestSupport"],
    exclude: exclude, swiftSettings: strict)
}

/// Where libtorch is: Debian's own, or the folder that the variable LIBTORCH names; nil without it.
///
/// Training needs it; everything else is built without.
let libtorch: (flags: CXXSetting?, linking: [LinkerSetting])? = {
  let libraries: [LinkerSetting] = [.linkedLibrary("torch_cpu"), .linkedLibrary("c10")]
  let files = FileManager.default
  guard let folder = Context.environment["LIBTORCH"], !folder.isEmpty else {
    return files.fileExists(atPath: "/usr/include/ATen/ATen.h") ? (nil, libraries) : nil
  }
  guard files.fileExists(atPath: "\(folder)/include/ATen/ATen.h") else { return nil }
  var linking: [LinkerSetting] = [
    .unsafeFlags(["-L\(folder)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(folder)/lib"])
  ]
  if files.fileExists(atPath: "\(folder)/lib/libtorch_cuda.so") {
    // Nothing names its symbols: without this the linker leaves the library out.
    linking.append(
      .unsafeFlags(["-Xlinker", "--no-as-needed", "-ltorch_cuda", "-lc10_cuda"]))
  }
  return (.unsafeFlags(["-I\(folder)/include"]), linking + libraries)
}()

/// The targets that need libtorch.
let training: [Target] =
  libtorch.map { torch in
    [
      // libtorch behind a small C interface: its C++ stays in here.
      .target(
        name: "CTorch", cxxSettings: torch.flags.map { [$0] } ?? [], linkerSettings: torch.linking),
      // A program of its own, so that training can take memory, or crash, without harm to labelling.
      .executableTarget(
        name: "reticle-engine",
        dependencies: [
          "CSignals", "CTorch", "Evaluation", "GroundTruth", "ImageCoding", "Raster", "Training",
        ],
        swiftSettings: strict),
    ]
  } ?? []

let argumentParser: Target.Dependency =
  .product(name: "ArgumentParser", package: "swift-argument-parser")
let tomlKit: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "reticle",
  products: [
    .executable(name: "reticle", targets: ["reticle"]),
    // The shared dataset module: open, check, edit and save a manifest with nothing else.
    .library(name: "GroundTruth", targets: ["GroundTruth", "Storage"]),
    .library(name: "ImageCoding", targets: ["Raster", "ImageCoding"]),
    .library(name: "Mosaic", targets: ["Raster", "Cells", "Mosaic"]),
  ],
  dependencies: [
    // The command line: parsing, help, completions, the man page.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Reads keymap.toml and config.toml with line numbers in its errors.
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Floor 1: pure values, and the system's C libraries.
    room("GroundTruth"),
    room("Raster"),
    room("Cells"),
    .systemLibrary(name: "CNcurses"),
    // Signal handlers must be async-signal-safe, and memfd_create is hidden from Swift.
    .target(name: "CSignals"),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),

    // Floor 2: pure functions over them.
    room("Mosaic", uses: ["Cells", "Raster"]),
    room("Evaluation"),
    // Starting other programs, without a shell; an edge, but one that two floors stand on.
    room("Processes", uses: ["CSignals"]),
    room("Training", uses: ["Evaluation", "GroundTruth"]),

    // Floor 3: the program as a value, and the edges of the world.
    room("Workstation", uses: ["Cells", "Evaluation", "GroundTruth", "Mosaic", "Raster"]),
    room("Storage", uses: ["GroundTruth"]),
    room("ImageCoding", uses: ["Raster", "CJPEG", "CPNG"]),
    room("Terminal", uses: ["Cells", "CNcurses", "CSignals"]),
    room("Prediction", uses: ["GroundTruth", "Processes", "Raster"]),

    // Floor 4: the wiring.
    .executableTarget(
      name: "reticle",
      dependencies: [
        "Cells", "CSignals", "Evaluation", "GroundTruth", "ImageCoding", "Mosaic", "Prediction",
        "Processes", "Raster", "Storage", "Terminal", "Workstation", argumentParser, tomlKit,
      ],
      swiftSettings: strict, linkerSettings: selfContained),

    // Tests. Support first: seeded generators, snapshots, a scripted screen, a pseudo-terminal.
    .systemLibrary(name: "CVterm", path: "Tests/CVterm"),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(
      name: "TestSupport",
      dependencies: ["Cells", "CVterm", "CPseudoTerminal"],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests("GroundTruth", uses: ["GroundTruth"], exclude: ["Fixtures"]),
    tests("Raster", uses: ["Raster"]),
    tests("Cells", uses: ["Cells"]),
    tests("Mosaic", uses: ["Mosaic", "Cells", "Raster"]),
    tests("Evaluation", uses: ["Evaluation"], exclude: ["Fixtures"]),
    // The engine is tested where it can be built.
    tests(
      "Training",
      uses: ["Training", "Evaluation", "GroundTruth"]
        + (libtorch == nil ? [] : ["reticle-engine"])),
    tests(
      "Workstation",
      uses: ["Workstation", "Cells", "Evaluation", "GroundTruth", "Mosaic", "Raster"],
      exclude: ["Fixtures", "Frames/Snapshots"]),
    tests("Storage", uses: ["Storage", "GroundTruth"]),
    tests("ImageCoding", uses: ["ImageCoding", "Raster"], exclude: ["Fixtures"]),
    tests("Prediction", uses: ["Prediction", "GroundTruth", "Processes"]),
    tests("Terminal", uses: ["Terminal", "TerminalProbe", "Cells"]),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Cells", "Terminal", "TestSupport"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    .executableTarget(
      name: "ExampleFrontEnd", dependencies: ["GroundTruth", "Storage"],
      path: "Tests/ExampleFrontEnd", swiftSettings: strict),
    tests("ExampleFrontEnd", uses: ["ExampleFrontEnd"]),
    // What libFuzzer runs (Tests/Fuzz/run) and FuzzTests replays.
    .target(
      name: "FuzzHarnesses", dependencies: ["GroundTruth", "Storage"],
      path: "Tests/Fuzz/Harnesses", swiftSettings: strict),
    tests("Fuzz", uses: ["FuzzHarnesses"]),
    // What stands in for the engine where training is tested.
    .executableTarget(
      name: "StubEngine", dependencies: ["GroundTruth", "Storage"],
      path: "Tests/StubEngine", swiftSettings: strict),
    tests(
      "EndToEnd",
      uses: ["reticle", "StubEngine", "Cells", "GroundTruth", "Mosaic", "Storage"],
      exclude: ["Fixtures"]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CPNG", "Cells", "Evaluation", "GroundTruth", "ImageCoding", "Mosaic", "Raster", "Storage",
        "TestSupport", "Workstation", argumentParser,
      ],
      path: "Tests/Benchmarks", swiftSettings: strict),
  ] + training,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
