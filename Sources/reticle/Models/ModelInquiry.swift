import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Synchronization
import Workstation

/// Asks models that run about one image at a time, and leaves their answers in the mailbox.
final class ModelInquiry: Sendable {
  private let files: RemoteImages
  private let mailbox: Mailbox
  private let lastNumber = Mutex(0)

  /// Creates an inquiry.
  ///
  /// - Parameters:
  ///   - locator: Knows where images lie.
  ///   - mailbox: Gets the answers.
  init(_ locator: ImageLocator, mailbox: Mailbox) {
    files = RemoteImages(locator: locator)
    self.mailbox = mailbox
  }

  /// Ends the fetching of images.
  func finish() { files.finish() }

  /// Asks a model; what it was asked before nobody waits for any more.
  ///
  /// - Parameters:
  ///   - predictor: The model at work.
  ///   - name: What it is called on the screen.
  ///   - image: The image.
  ///   - text: The request as it is to be shown.
  /// - Throws: ``Failure`` if the image can't be had.
  func ask(
    _ predictor: any Predictor, _ name: ListedModel.Name, about image: TestedImage,
    text: @escaping @Sendable (PredictionRequest) -> [UInt8]
  ) throws {
    let opened: OpenedImage
    do throws(Unreadable) {
      opened = try OpenedImage(image.sourceRef, files: files)
    } catch {
      throw Failure.saying(error.reason, Failure.noInput)
    }
    let size = opened.header.uprightSize
    let number = lastNumber.withLock { number in
      number += 1
      return number
    }
    let request = PredictionRequest(
      id: number, path: opened.path, size: ImageSize(width: size.width, height: size.height))
    predictor.cancel()
    predictor.predict([request]) { [mailbox] answer in
      switch answer.outcome {
      case .success(let labels):
        let found = ModelAnswer(
          model: name, image: image, labels: labels,
          request: String(decoding: text(request), as: UTF8.self),
          response: String(decoding: DetectCustomLabels.answer(labels), as: UTF8.self))
        mailbox.post(.models(.detected(found)))
      case .failure(let error) where error.kind == .cancelled: break
      case .failure(let error):
        mailbox.post(.models(.failed(.detect(name, image), "\(name): \(error.message)")))
      }
    }
  }
}
