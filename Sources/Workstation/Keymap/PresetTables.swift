extension Preset {
  /// Reticle's own keys.
  ///
  /// Alternatives are separated by two spaces, keys of a sequence by one.
  static let standardTable: [(KeyContext, [(Command, String)])] = [
    (.image, imageTable), (.draw, drawTable), (.list, listTable),
    (.evaluation, evaluationTable), (.sheet, sheetTable), (.models, modelsTable),
  ]

  private static let movement: [(Command, String)] = [
    (.moveLeft, "h  Left"), (.moveDown, "j  Down"), (.moveUp, "k  Up"), (.moveRight, "l  Right"),
    (.moveLeftFar, "H  Shift+Left"), (.moveDownFar, "J  Shift+Down"),
    (.moveUpFar, "K  Shift+Up"), (.moveRightFar, "L  Shift+Right"),
  ]

  private static let digits: [(Command, String)] = [
    (.label1, "1"), (.label2, "2"), (.label3, "3"), (.label4, "4"), (.label5, "5"),
    (.label6, "6"), (.label7, "7"), (.label8, "8"), (.label9, "9"), (.label10, "0"),
  ]

  private static let view: [(Command, String)] = [
    (.zoomIn, "+  ="), (.zoomOut, "-"), (.zoomBox, "z"), (.zoomActual, "Z"),
    (.panLeft, "Ctrl+Left"), (.panDown, "Ctrl+Down"), (.panUp, "Ctrl+Up"),
    (.panRight, "Ctrl+Right"), (.toggleBoxes, "b"), (.cycleCaptions, "B"), (.equalize, "E"),
    (.darker, "("), (.brighter, ")"), (.lessContrast, "{"), (.moreContrast, "}"),
  ]

  private static let program: [(Command, String)] = [
    (.help, "?  F1"), (.repaint, "Ctrl+L"), (.save, "Ctrl+S"), (.cancel, "Ctrl+C"),
  ]

  private static let imageTable: [(Command, String)] =
    [
      (.nextImage, "d  PgDn"), (.previousImage, "a  PgUp"), (.nextOpen, ";"),
      (.previousOpen, ","), (.firstImage, "g g  Home"), (.lastImage, "G  End"),
      (.goToImage, "g 1  g 2  g 3  g 4  g 5  g 6  g 7  g 8  g 9"),
    ] + movement + [
      (.hintGrid, "'"), (.drawBox, "w  n  v"), (.confirm, "Enter"), (.editBox, "e"),
    ] + digits + [
      (.changeLabel, "c"), (.imageLabels, "t"), (.verify, "Space"), (.deleteBox, "x  Del"),
      (.deleteAllBoxes, "X"), (.nextBox, "Tab"), (.previousBox, "Shift+Tab"), (.yank, "y"),
      (.paste, "p"), (.yankAll, "Y"), (.pullPrevious, "P"), (.stamp, "."), (.carryNext, ">"),
      (.carryPrevious, "<"), (.acceptAll, "A"), (.takeBack, "Backspace"),
      (.cycleOverlay, "m"), (.lowerThreshold, "["), (.raiseThreshold, "]"), (.undo, "u  Ctrl+Z"),
      (.redo, "Ctrl+R  Ctrl+Y"), (.evaluate, "g e"),
      (.contactSheet, "C"), (.models, "g m"), (.runModel, "r"),
    ] + view + [
      (.skip, "s"), (.flag, "f"), (.exclude, "D"), (.cycleSort, "S"), (.info, "i"),
      (.togglePanels, "T"), (.filter, "/"), (.commandLine, ":"),
    ] + program + [(.back, "Esc  q")]

  private static let drawTable: [(Command, String)] =
    movement + [
      (.hintGrid, "'"), (.drawBox, "w  n  v"), (.confirm, "Enter"), (.oppositeCorner, "o"),
      (.mirrorCorner, "O"),
    ] + digits + [(.changeLabel, "c"), (.undo, "u  Ctrl+Z")] + view + program + [
      (.back, "Esc  q")
    ]

  private static let listTable: [(Command, String)] =
    movement + [
      (.firstImage, "g g  Home"), (.lastImage, "G  End"), (.nextImage, "d  PgDn"),
      (.previousImage, "a  PgUp"), (.confirm, "Enter"), (.verify, "Space"),
    ] + digits + [
      (.changeLabel, "c"), (.undo, "u  Ctrl+Z"), (.redo, "Ctrl+R  Ctrl+Y"), (.imageLabels, "t"),
      (.commandLine, ":"), (.nextBox, "Tab"),
    ] + program + [(.back, "Esc  q")]

  private static let evaluationTable: [(Command, String)] =
    movement + [
      (.nextBox, "Tab"), (.previousBox, "Shift+Tab"), (.confirm, "Enter"), (.verify, "Space"),
      (.firstImage, "g g  Home"), (.lastImage, "G  End"), (.lowerThreshold, "["),
      (.raiseThreshold, "]"), (.cycleSort, "S"), (.imageLabels, "t"), (.contactSheet, "C"),
      (.models, "g m"), (.commandLine, ":"),
    ] + program + [(.back, "Esc  q")]

  private static let sheetTable: [(Command, String)] =
    movement + [
      (.nextImage, "d  PgDn"), (.previousImage, "a  PgUp"), (.nextOpen, ";"),
      (.previousOpen, ","), (.firstImage, "g g  Home"), (.lastImage, "G  End"),
      (.goToImage, "g 1  g 2  g 3  g 4  g 5  g 6  g 7  g 8  g 9"), (.mark, "v"),
      (.confirm, "Enter"), (.verify, "Space"), (.deleteBox, "x  Del"), (.acceptAll, "A"),
      (.deleteAllBoxes, "X"), (.takeBack, "Backspace"), (.changeLabel, "c"), (.nextBox, "Tab"),
      (.previousBox, "Shift+Tab"), (.lowerThreshold, "["), (.raiseThreshold, "]"),
      (.undo, "u  Ctrl+Z"), (.redo, "Ctrl+R  Ctrl+Y"), (.zoomIn, "+  ="), (.zoomOut, "-"),
      (.cycleSort, "S"), (.filter, "/"), (.commandLine, ":"), (.evaluate, "g e"),
      (.models, "g m"),
    ] + digits + program + [(.back, "Esc  q")]

  private static let modelsTable: [(Command, String)] =
    movement + [
      (.firstImage, "g g  Home"), (.lastImage, "G  End"), (.confirm, "Enter  Space"),
      (.nextBox, "Tab"), (.previousBox, "Shift+Tab"), (.trainModel, "t"), (.deleteBox, "x  Del"),
      (.deleteAllBoxes, "X"), (.nextImage, "d  PgDn"), (.previousImage, "a  PgUp"),
      (.runModel, "r"), (.lowerThreshold, "["), (.raiseThreshold, "]"), (.evaluate, "g e"),
      (.commandLine, ":"),
    ] + view + program + [(.back, "Esc  q")]

  /// CVAT: `f` next, `d` previous, `n` draws, `h` hides boxes.
  static let cvatChanges: [Command: String] = [
    .nextImage: "f  PgDn", .previousImage: "d  PgUp", .drawBox: "n  w", .nextOpen: "v  ;",
    .previousOpen: "c  ,", .changeLabel: "r", .flag: "F", .runModel: "R", .toggleBoxes: "b",
    .verify: "Space",
    .goToImage: "g 1  g 2  g 3  g 4  g 5  g 6  g 7  g 8  g 9",
  ]

  /// Vim: `i` draws, `n` and `N` go through the images, `dd` deletes.
  static let vimChanges: [Command: String] = [
    .drawBox: "i  v", .nextImage: "n  PgDn", .previousImage: "N  PgUp", .deleteBox: "d d  x  Del",
    .yank: "y y", .info: "I", .paste: "p",
  ]

  /// Prodigy: `a` verifies, `x` clears, Space skips.
  static let prodigyChanges: [Command: String] = [
    .verify: "a", .deleteAllBoxes: "X", .skip: "Space", .takeBack: "Backspace",
    .previousImage: "PgUp", .nextImage: "d  PgDn",
  ]
}
