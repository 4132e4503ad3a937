import Foundation
import GroundTruth
import Prediction
import Synchronization
import Testing

@Suite struct CommandPredictorTests {
  @Test func `All images are answered by a program that is started once`() async throws {
    let stub = try StubProgram("answer $id", before: "echo started >> starts")
    let predictor = try stub.predictor()
    #expect(predictor.model == nil)
    let answers = await predictor.answers(0..<50)
    #expect(answers.values.allSatisfy { $0.names == ["cat"] })
    let more = await predictor.answers(50..<60)
    #expect(more.count == 10)
    #expect(stub.text(of: "starts") == "started\n")
    #expect(predictor.model == PredictionModel(name: "stub.sh"))
    predictor.finish()
  }

  @Test func `The program gets the path and the size of each image`() async throws {
    let stub = try StubProgram("printf '%s\\n' \"$line\" >> lines; answer $id")
    let predictor = try stub.predictor()
    _ = await predictor.answers(7..<8)
    predictor.finish()
    #expect(
      stub.text(of: "lines")
        == #"{"id":"7","path":"/photos/7.jpg","width":640,"height":480}"# + "\n")
  }

  @Test func `The end of its input ends the program`() async throws {
    let stub = try StubProgram("answer $id; trap 'echo gone > end' EXIT")
    let predictor = try stub.predictor()
    _ = await predictor.answers(0..<1)
    predictor.finish()
    #expect(stub.text(of: "end") == "gone\n")
    let late = await predictor.answers(1..<2)
    #expect(late[1]?.error?.kind == .cancelled)
  }

  @Test func `A program may tell who it is before it answers`() async throws {
    let stub = try StubProgram(
      "answer $id",
      before: #"echo '{"model":{"name":"cells","version":"v2","thresholds":{"RBC":41.5}}}'"#)
    let predictor = try stub.predictor()
    _ = await predictor.answers(0..<3)
    #expect(
      predictor.model
        == PredictionModel(name: "cells", version: "v2", thresholds: ["RBC": 0.415]))
    predictor.finish()
  }

  @Test func `Answers may come in any order`() async throws {
    let stub = try StubProgram(
      "if [ -n \"$held\" ]; then answer $id; answer $held; held=; else held=$id; fi")
    let predictor = try stub.predictor()
    let answers = await predictor.answers(0..<20)
    #expect(answers.values.allSatisfy { $0.names == ["cat"] })
    predictor.finish()
  }

  @Test func `An image that kills the program is told, and the others are answered`() async throws {
    let stub = try StubProgram(
      "if [ $id = 5 ]; then echo 'segment violated' >&2; kill -9 $$; fi; answer $id",
      before: "echo started >> starts")
    let predictor = try stub.predictor()
    let answers = await predictor.answers(0..<20)
    let error = try #require(answers[5]?.error)
    #expect(error.kind == .crashed)
    #expect(error.message.contains("signal 9"))
    #expect(error.message.contains("segment violated"))
    #expect(answers.filter { $0.value.names == ["cat"] }.count == 19)
    #expect(stub.text(of: "starts").split(separator: "\n").count <= 4)
    predictor.finish()
  }

  @Test func `An image that takes too long is told, and the others are answered`() async throws {
    let stub = try StubProgram(
      "if [ $id = 2 ]; then sleep 1000; fi; answer $id",
      before: #"echo '{"model":{"name":"slow"}}'"#)
    let predictor = try stub.predictor(
      limits: CommandLimits(lanes: 4, image: .seconds(3), start: .seconds(60)))
    let answers = await predictor.answers(0..<6)
    #expect(answers[2]?.error?.kind == .timedOut)
    #expect(answers.filter { $0.value.names == ["cat"] }.count == 5)
    predictor.finish()
  }

  @Test(arguments: [
    ("exit 3", "ended with code 3"),
    ("echo 'no module named x' >&2; exit 1", "no module named x"),
    ("exit 0", "ended without an answer"),
    ("exec <&-; sleep 1000", "closed its input"),
    ("exec >&-; sleep 1000", "closed its output"),
  ])
  func `A program of no use is given up, whatever the image`(
    script: String, words: String
  ) async throws {
    let stub = try StubProgram("answer $id", before: "echo started >> starts; \(script)")
    let predictor = try stub.predictor()
    let answers = await predictor.answers(0..<100)
    #expect(Set(answers.values.map { $0.error?.kind }) == [.unavailable])
    #expect(answers[99]?.error?.message.contains(words) == true)
    #expect(stub.text(of: "starts").split(separator: "\n").count == 5)
    predictor.finish()
  }

  @Test func `Nonsense between answers is told and does no harm`() async throws {
    let stub = try StubProgram(
      "echo 'Speed: 3 ms'; answer $id; answer $id; echo '{\"id\":\"999\",\"CustomLabels\":[]}'",
      before: "head -c 3000 /bin/sh; echo; echo; echo '[[[['")
    let remarks = Mutex<[String]>([])
    let predictor = try stub.predictor { text in remarks.withLock { $0.append(text) } }
    let answers = await predictor.answers(0..<20)
    #expect(answers.values.allSatisfy { $0.names == ["cat"] })
    predictor.finish()
    let told = remarks.withLock { $0 }
    #expect(told.contains { $0.contains("Speed: 3 ms") })
    #expect(told.contains { $0.contains("second answer for /photos/0.jpg") })
    #expect(told.contains { $0.contains("“999”") })
    #expect(told.count < 30)
  }

  @Test func `An answer of ten megabytes is named with its image, and the next is heard`()
    async throws
  {
    let stub = try StubProgram(
      """
      if [ $id = 1 ]; then
        printf '{"id":"1","CustomLabels":["'; head -c 10000000 /dev/zero | tr '\\0' x; echo '"]}'
      else answer $id; fi
      """)
    let predictor = try stub.predictor()
    let answers = await predictor.answers(0..<4)
    #expect(answers[1]?.error?.kind == .badAnswer)
    #expect(answers[1]?.error?.message.contains("4 MiB") == true)
    #expect(answers.filter { $0.value.names == ["cat"] }.count == 3)
    predictor.finish()
  }

  @Test func `Each bad answer is named with its image`() async throws {
    let stub = try StubProgram(
      #"""
      case $id in
      0) printf '{"id":"0","CustomLabels":[{"Name":"a","Confidence":NaN}]}\n' ;;
      1) printf '{"id":"1","CustomLabels":[{"Name":"a","Confidence":1,"Geometry":{"BoundingBox":{"Left":2,"Top":0,"Width":1,"Height":1}}}]}\n' ;;
      2) printf '{"id":"2","error":"cannot \\u001b[2J open"}\n' ;;
      *) answer $id ;;
      esac
      """#)
    let predictor = try stub.predictor()
    let answers = await predictor.answers(0..<4)
    #expect(answers[0]?.error?.kind == .badAnswer)
    #expect(answers[1]?.names == [])
    #expect(answers[1]?.notes.count == 1)
    #expect(answers[2]?.error?.kind == .refused)
    #expect(answers[3]?.names == ["cat"])
    predictor.finish()
  }

  @Test func `A flood on standard error is bounded, and its end kept`() async throws {
    let stub = try StubProgram(
      "answer $id",
      before: "head -c 2000000 /dev/zero | tr '\\0' y >&2; echo >&2; echo last words >&2")
    let predictor = try stub.predictor()
    _ = await predictor.answers(0..<3)
    predictor.finish()
    #expect(predictor.messages.last == "last words")
  }

  @Test func `What is cancelled is answered at once, and the program is ready for more`()
    async throws
  {
    let stub = try StubProgram(
      "if [ $id = 0 ]; then while [ ! -e go ]; do sleep 0.01; done; fi; answer $id",
      before: "echo started >> starts")
    let predictor = try stub.predictor()
    async let first = predictor.answers(0..<10)
    while stub.text(of: "starts").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    predictor.cancel()
    #expect(await first.values.allSatisfy { $0.error?.kind == .cancelled })
    try Data().write(to: URL(filePath: stub.folder + "/go"))
    let second = await predictor.answers(10..<20)
    #expect(second.values.allSatisfy { $0.names == ["cat"] })
    #expect(stub.text(of: "starts") == "started\n")
    predictor.finish()
  }

  @Test func `A program that does not end is ended`() async throws {
    let stub = try StubProgram(
      "answer $id", before: "trap '' TERM; echo $$ > pid")
    let stubborn = try StubProgram("answer $id; echo $$ > pid; trap '' TERM; exec sleep 1000")
    for stub in [stub, stubborn] {
      let predictor = try stub.predictor()
      _ = await predictor.answers(0..<1)
      predictor.finish()
      let process = try #require(pid_t(stub.text(of: "pid").dropLast()))
      #expect(kill(process, 0) != 0)
    }
  }
}
