/// When a prediction counts as having found a truth.
public struct MatchRules: Hashable, Sendable {
  /// The IoU from which on a prediction finds a truth of its label, 0…1.
  public var iou: Double
  /// The IoU from which on a prediction is near a truth; below it is on the background.
  ///
  /// 0.1 as in TIDE (Bolya et al. 2020).
  public var nearIoU: Double
  /// How many predictions of an image and label count for average precision, the surest first.
  ///
  /// 100 as in COCO. All other figures count all predictions.
  public var limit: Int

  /// Creates rules; the defaults are COCO's and TIDE's.
  public init(iou: Double = 0.5, nearIoU: Double = 0.1, limit: Int = 100) {
    self.iou = iou
    self.nearIoU = nearIoU
    self.limit = limit
  }

  /// The ten IoUs that COCO's AP50:95 is the mean over, 0.5 to 0.95.
  ///
  /// In the arithmetic of numpy's `linspace`, on which pycocotools relies.
  public static let ladder: [Double] = (0..<10).map { (rung: Int) -> Double in
    let step: Double = (0.95 - 0.5) / 9
    return rung == 9 ? 0.95 : Double(rung) * step + 0.5
  }
}
