import Cells
import Testing

@testable import Terminal

@Suite struct DrainMeterTests {
  @Test func `the rate is what a large frame took until the answer`() {
    var meter = DrainMeter()
    #expect(meter.rate == nil && !meter.isWaiting)
    let asks = meter.begin(bytes: 50_000, at: .seconds(10))
    #expect(asks)
    #expect(meter.isWaiting)
    // While an answer is on its way no other question is sent.
    let asksAgain = meter.begin(bytes: 90_000, at: .seconds(10.1))
    #expect(!asksAgain)
    meter.take(reports: 0, at: .seconds(10.2))
    #expect(meter.isWaiting)
    meter.take(reports: 1, at: .seconds(10.4))
    #expect(!meter.isWaiting)
    #expect(abs((meter.rate ?? 0) - 125_000) < 1)
  }

  @Test func `the terminal is behind until it answers, or never will`() {
    var meter = DrainMeter()
    #expect(!meter.isBehind(at: .zero))
    // Too few bytes to tell the rate by, but enough to wait for.
    let asks = meter.begin(bytes: 3_000, at: .seconds(1))
    #expect(asks)
    #expect(meter.isBehind(at: .seconds(2)))
    #expect(!meter.isBehind(at: .seconds(60)))
    meter.take(reports: 1, at: .seconds(3))
    #expect(!meter.isBehind(at: .seconds(3)))
    #expect(meter.rate == nil)
  }

  @Test func `small frames tell nothing, and lost answers are given up`() {
    var meter = DrainMeter()
    let asksForLittle = meter.begin(bytes: 500, at: .zero)
    #expect(!asksForLittle)
    let asks = meter.begin(bytes: 9_000, at: .seconds(1))
    #expect(asks)
    let asksTheDeaf = meter.begin(bytes: 9_000, at: .seconds(40))
    #expect(!asksTheDeaf && !meter.isWaiting)
    // An answer nobody asked for, as of a terminal that says what it is by itself.
    var idle = DrainMeter()
    idle.take(reports: 1, at: .seconds(1))
    #expect(idle.rate == nil)
  }

  @Test func `the answer is no key`() {
    var decoder = InputDecoder()
    for byte in "\u{1B}[?1;2cx".utf8 { decoder.feed(Int32(byte), at: .zero) }
    decoder.drained(at: .zero)
    #expect(decoder.attributeReports == 1)
    #expect(decoder.takeEvents() == [.key(.character("x"))])
  }
}
