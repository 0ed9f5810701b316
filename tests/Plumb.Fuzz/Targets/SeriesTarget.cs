using Plumb.Collectors.Recording;

namespace Plumb.Fuzz.Targets;

/// <summary>The index of a saved series, in a folder without any of the files that it names but one.</summary>
internal sealed class SeriesTarget : FuzzTarget, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-fuzz").FullName;

    public override string Name => "series";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(Path.Combine(_folder, "series.jsonl"), input);
        File.WriteAllBytes(Path.Combine(_folder, "000.heap.pb.gz"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(_folder, "000.goroutine2.txt.gz"), [0x1f, 0x8b, 8, 0]);
        try
        {
            SeriesReader.Read(_folder, SeriesLimits.Default, CancellationToken.None);
            return true;
        }
        catch (SeriesFormatException)
        {
            return false;
        }
    }
}
