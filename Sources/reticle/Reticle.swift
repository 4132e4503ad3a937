@main
struct Reticle {
  static func main() {}
}
