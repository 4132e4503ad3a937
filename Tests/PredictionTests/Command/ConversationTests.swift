import Foundation
import GroundTruth
import Synchronization
import TestSupport
import Testing

@testable import Prediction

/// A clock that a test sets.
private struct Moment: InstantProtocol {
  var time: Duration

  func advanced(by duration: Duration) -> Moment { Moment(time: time + duration) }
  func duration(to other: Moment) -> Duration { other.time - time }
  static func < (first: Moment, second: Moment) -> Bool { first.time < second.time }

  static func seconds(_ seconds: Double) -> Moment { Moment(time: .seconds(seconds)) }
}

@Suite struct ConversationTests {
  private typealias Talk = Conversation<Moment>

  private func talk(asking ids: Range<Int>, lanes: Int = 3, failures: Int = 5) -> Talk {
    var talk = Talk(
      limits: CommandLimits(
        lanes: lanes, image: .seconds(10), start: .seconds(30), failures: failures))
    _ = talk.ask(ids.map(PredictionRequest.init(number:))) { _ in }
    return talk
  }

  private func send(_ talk: inout Talk, at time: Double = 0) -> [Int] {
    var ids: [Int] = []
    while let request = talk.send(at: .seconds(time)) { ids.append(request.id) }
    return ids
  }

  private func answer(_ id: Int) -> ProgramLine { .answer(id: id, .success([]), notes: []) }

  @Test func `So many images are in flight as there are lanes`() {
    var talk = talk(asking: 0..<10)
    #expect(send(&talk) == [0, 1, 2])
    #expect(talk.hear(answer(1), at: .seconds(1)).map(\.answer.id) == [1])
    #expect(send(&talk) == [3])
    #expect(talk.isBusy)
  }

  @Test func `An image has its time from when those before it are answered`() {
    var talk = talk(asking: 0..<10)
    #expect(talk.deadline == nil)
    _ = send(&talk)
    #expect(talk.deadline == .seconds(30), "the first has the time of a start")
    _ = talk.hear(answer(1), at: .seconds(5))
    #expect(talk.deadline == .seconds(10), "the oldest waits since it was sent")
    _ = talk.hear(answer(0), at: .seconds(8))
    #expect(talk.deadline == .seconds(18))
    _ = talk.hear(.model(PredictionModel(name: "m")), at: .seconds(9))
    #expect(talk.deadline == .seconds(19))
  }

  @Test func `The image that breaks the program is found among those in flight`() {
    var talk = talk(asking: 0..<6)
    _ = send(&talk)
    #expect(talk.breakDown(.crashed, "ended").isEmpty, "any of the three may be to blame")
    #expect(send(&talk) == [0], "each is tried alone")
    #expect(talk.hear(answer(0), at: .seconds(1)).map(\.answer.id) == [0])
    #expect(send(&talk) == [1])
    #expect(talk.breakDown(.crashed, "ended").isEmpty, "it may be what 0 left behind")
    #expect(send(&talk) == [1])
    #expect(talk.breakDown(.crashed, "ended").isEmpty, "told once the program is known to work")
    #expect(send(&talk) == [2])
    let deliveries = talk.hear(answer(2), at: .seconds(2))
    #expect(deliveries.map(\.answer.id) == [1, 2])
    #expect(deliveries.first?.answer.error?.kind == .crashed)
    #expect(send(&talk) == [3, 4, 5], "it is not asked for again")
  }

  @Test func `The last image to break the program is told too`() {
    var talk = talk(asking: 0..<1)
    _ = send(&talk)
    let deliveries = talk.breakDown(.timedOut, "took too long")
    #expect(deliveries.map(\.answer.error?.kind) == [.timedOut])
    #expect(!talk.isBusy)
  }

  @Test func `A program that never answers is given up, and no image is blamed for it`() {
    var talk = talk(asking: 0..<6, failures: 3)
    var deliveries: [Talk.Delivery] = []
    for _ in 0..<3 {
      _ = send(&talk)
      deliveries += talk.breakDown(.crashed, "ended with code 1")
    }
    #expect(deliveries.map(\.answer.id).sorted() == Array(0..<6))
    #expect(Set(deliveries.map(\.answer.error?.kind)) == [.unavailable])
    #expect(talk.failure?.message.contains("3 times in a row") == true)
    let late = talk.ask([PredictionRequest(number: 9)]) { _ in }
    #expect(late.map(\.answer.error?.kind) == [.unavailable])
    #expect(!talk.isBusy)
  }

  @Test func `A second answer, and one that nobody asked for, are told and left aside`() {
    var talk = talk(asking: 0..<2)
    _ = send(&talk)
    _ = talk.hear(answer(0), at: .seconds(1))
    #expect(talk.hear(answer(0), at: .seconds(1)).isEmpty)
    #expect(talk.hear(answer(77), at: .seconds(1)).isEmpty)
    let remarks = talk.takeRemarks()
    #expect(remarks.count == 2)
    #expect(remarks.first?.contains("/photos/0.jpg") == true)
    #expect(remarks.last?.contains("“77”") == true)
    for _ in 0..<1_000 { _ = talk.hear(answer(77), at: .seconds(1)) }
    #expect(talk.takeRemarks().count < 25)
  }

  @Test func `What is cancelled in flight is heard to its end in silence`() {
    var talk = talk(asking: 0..<5)
    _ = send(&talk)
    #expect(talk.cancel().map(\.answer.id).sorted() == Array(0..<5))
    #expect(talk.isBusy, "the program still works on what it was given")
    #expect(talk.hear(answer(0), at: .seconds(1)).isEmpty)
    #expect(talk.breakDown(.crashed, "ended").isEmpty)
    #expect(!talk.isBusy, "and nothing of that is tried again")
    _ = talk.ask([PredictionRequest(number: 9)]) { _ in }
    #expect(send(&talk) == [9])
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `Whatever happens, each image is answered once`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = 30
    var talk = talk(asking: 0..<count, lanes: Int.random(in: 1...5, using: &generator))
    // These break the program whenever they are in flight and it gets to them.
    let killers = Set((0..<count).filter { _ in Int.random(in: 0..<8, using: &generator) == 0 })
    var given: [Int: PredictionError.Kind?] = [:]
    var inFlight: [Int] = []
    func take(_ deliveries: [Talk.Delivery]) {
      for delivery in deliveries {
        #expect(given[delivery.answer.id] == nil, "seed \(seed)")
        given[delivery.answer.id] = .some(delivery.answer.error?.kind)
      }
    }
    var turns = 0
    while talk.isBusy, turns < 10_000 {
      turns += 1
      inFlight += send(&talk)
      guard let place = inFlight.indices.randomElement(using: &generator) else { break }
      if killers.contains(inFlight[place]) {
        take(talk.breakDown(.crashed, "ended"))
        inFlight = []
      } else {
        take(talk.hear(answer(inFlight.remove(at: place)), at: .seconds(1)))
      }
    }
    #expect(given.count == count, "seed \(seed)")
    if talk.failure == nil {
      for (id, kind) in given {
        #expect((kind == .crashed) == killers.contains(id), "seed \(seed), image \(id)")
      }
    }
  }
}
