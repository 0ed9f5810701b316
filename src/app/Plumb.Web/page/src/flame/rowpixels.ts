// The boxes of a picture as pixels, one line for each row, which is then drawn as high as a row is. A browser takes as long for a rectangle of one
// pixel as for a large one; here a frame costs the same for a hundred boxes and for fifty thousand.

export class RowPixels {
  private readonly canvas = document.createElement("canvas");
  private readonly context = this.canvas.getContext("2d", { willReadFrequently: true })!;
  private readonly probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  private readonly numbers = new Map<string, number>();
  private readonly numbersOfAll = new WeakMap<readonly string[], Uint32Array>();
  private image: ImageData | null = null;
  private pixels = new Uint32Array();

  /** A line of pixels for each row, all of one colour. */
  begin(width: number, rows: number, color: string): void {
    if (this.image === null || this.image.width !== width || this.image.height < rows) {
      this.image = new ImageData(width, rows + 1);
      this.pixels = new Uint32Array(this.image.data.buffer);
      [this.canvas.width, this.canvas.height] = [width, rows + 1];
    }
    this.pixels.fill(this.numberOf(color));
  }

  fill(row: number, from: number, to: number, number: number): void {
    const start = row * this.image!.width;
    // Most boxes are narrow, for which calling anything takes longer.
    for (let at = start + from; at < start + to; at++) this.pixels[at] = number;
  }

  /** A colour of CSS as the number of a pixel. */
  numberOf(color: string): number {
    let number = this.numbers.get(color);
    if (number === undefined) {
      this.probe.fillStyle = color;
      this.probe.fillRect(0, 0, 1, 1);
      number = new Uint32Array(this.probe.getImageData(0, 0, 1, 1).data.buffer)[0];
      this.numbers.set(color, number);
    }
    return number;
  }

  /** The same for a list that is used again. */
  numbersOf(colors: readonly string[]): Uint32Array {
    let numbers = this.numbersOfAll.get(colors);
    if (numbers === undefined) this.numbersOfAll.set(colors, (numbers = Uint32Array.from(colors, (color) => this.numberOf(color))));
    return numbers;
  }

  /** Draws the lines, each as high as a row, from a place on. All of it is in pixels of the target. */
  drawOn(target: CanvasRenderingContext2D, rows: number, y: number, rowHeight: number): void {
    const { width } = this.image!;
    this.context.putImageData(this.image!, 0, 0, 0, 0, width, rows);
    target.imageSmoothingEnabled = false;
    target.drawImage(this.canvas, 0, 0, width, rows, 0, y, width, rows * rowHeight);
  }
}
