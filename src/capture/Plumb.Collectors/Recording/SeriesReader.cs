using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Recording;

/// <summary>Reads a series that <see cref="SeriesWriter"/>, or another program, has saved. The folder may come from anywhere: its files
/// are bounded, and no name in it leads out of it.</summary>
public sealed class SeriesReader
{
    private readonly string _folder;
    private readonly SeriesLimits _limits;
    private readonly List<string> _notes = [];
    private long _totalBytes;

    private SeriesReader(string folder, SeriesLimits limits)
    {
        _folder = folder;
        _limits = limits;
    }

    /// <summary>Whether <paramref name="folder"/> looks like a saved series.</summary>
    public static bool IsSeries(string folder) => File.Exists(Path.Combine(folder, SeriesFiles.Index));

    /// <summary>Reads the whole series; parts that are missing or wrong become notes.</summary>
    /// <exception cref="SeriesFormatException">There is no readable <c>series.jsonl</c>, or not one usable line in it.</exception>
    public static SeriesReading Read(string folder, SeriesLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(limits);
        return new SeriesReader(folder, limits).Read(cancellationToken);
    }

    private SeriesReading Read(CancellationToken cancellationToken)
    {
        if (!ContainedFile.TryFind(_folder, SeriesFiles.Index, out string? index, out string? problem))
        {
            throw new SeriesFormatException($"{_folder} is not a saved series: {SeriesFiles.Index} {problem}");
        }

        SortedDictionary<int, Capture> captures = [];
        try
        {
            using FileStream stream = File.OpenRead(index);
            int number = 0;
            foreach (ReadOnlyMemory<byte> line in Lines(stream))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (++number > _limits.MaxLines)
                {
                    _notes.Add($"{SeriesFiles.Index} has more than {_limits.MaxLines} lines; the rest is left out");
                    break;
                }

                Add(captures, line, number);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SeriesFormatException($"{_folder}/{SeriesFiles.Index} cannot be read: {failed.Message}", failed);
        }

        return captures.Count > 0
            ? new SeriesReading([.. captures.Values], _notes)
            : throw new SeriesFormatException($"{_folder}/{SeriesFiles.Index} has no usable snapshot{(_notes.Count > 0 ? ": " + _notes[0] : "")}");
    }

    private void Add(SortedDictionary<int, Capture> captures, ReadOnlyMemory<byte> line, int number)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }

        if (ReadLine(line, number) is not { } capture)
        {
            return;
        }

        if (!capture.HasProfile)
        {
            _notes.Add($"line {number} has no readable profile and is left out");
        }
        else if (!captures.TryAdd(capture.Sequence, capture))
        {
            _notes.Add($"line {number} repeats snapshot {capture.Sequence} and is left out");
        }
    }

    // One line at a time, each bounded; a longer one is skipped to its end.
    private IEnumerable<ReadOnlyMemory<byte>> Lines(FileStream stream)
    {
        var line = new ArrayBufferWriter<byte>(4096);
        byte[] chunk = new byte[64 << 10];
        bool tooLong = false;
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            int start = 0;
            for (int end; (end = chunk.AsSpan(start, read - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                if (!tooLong && Append(line, chunk.AsSpan(start, end)))
                {
                    yield return line.WrittenMemory;
                }
                else
                {
                    NoteTooLong();
                }

                line.ResetWrittenCount();
                tooLong = false;
            }

            tooLong = tooLong || !Append(line, chunk.AsSpan(start, read - start));
        }

        if (tooLong)
        {
            NoteTooLong();
        }
        else if (line.WrittenCount > 0)
        {
            yield return line.WrittenMemory;
        }
    }

    private void NoteTooLong() => _notes.Add($"a line of {SeriesFiles.Index} is longer than {_limits.MaxLineBytes} bytes and is left out");

    private bool Append(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes)
    {
        if (line.WrittenCount + bytes.Length > _limits.MaxLineBytes)
        {
            return false;
        }

        line.Write(bytes);
        return true;
    }

    private Capture? ReadLine(ReadOnlyMemory<byte> line, int number)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException)
        {
            // The last line of a series whose recording was killed.
            _notes.Add($"line {number} is not JSON and is left out");
            return null;
        }

        try
        {
            using (document)
            {
                return ReadSnapshot(document.RootElement, number);
            }
        }
        catch (InvalidOperationException)
        {
            // Whether its texts are UTF-8, and surrogates come in pairs, shows only when one is read.
            _notes.Add($"line {number} has a text that is no Unicode and is left out");
            return null;
        }
    }

    private Capture? ReadSnapshot(JsonElement root, int number)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("seq", out JsonElement seq) || seq.ValueKind != JsonValueKind.Number
            || !seq.TryGetInt32(out int sequence) || sequence < 0
            || !root.TryGetProperty("at", out JsonElement at) || ReadTime(at) is not { } time)
        {
            _notes.Add($"line {number} lacks \"seq\" or \"at\" and is left out");
            return null;
        }

        JsonElement files = root.TryGetProperty("files", out JsonElement found) ? found : default;
        return new Capture
        {
            Sequence = sequence,
            At = time,
            Heap = ReadFile(files, SeriesFiles.Heap, number),
            Goroutine = ReadFile(files, SeriesFiles.Goroutine, number),
            GoroutineLeak = ReadFile(files, SeriesFiles.GoroutineLeak, number),
            GoroutineText = Unpacked(ReadFile(files, SeriesFiles.GoroutineText, number), number),
            Metrics = root.TryGetProperty("metrics", out JsonElement metrics) ? ReadMetrics(metrics) : new Dictionary<string, double>(),
        };
    }

    private static DateTimeOffset? ReadTime(JsonElement at) =>
        at.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;

    private Dictionary<string, double> ReadMetrics(JsonElement metrics)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        if (metrics.ValueKind != JsonValueKind.Object)
        {
            return values;
        }

        foreach (JsonProperty metric in metrics.EnumerateObject())
        {
            if (values.Count == _limits.MaxMetrics)
            {
                break;
            }

            if (metric.Value.ValueKind == JsonValueKind.Number && metric.Value.TryGetDouble(out double value) && double.IsFinite(value))
            {
                values[metric.Name] = value;
            }
        }

        return values;
    }

    // Not byte[]?: a null array would convert to an empty, but present, memory.
    private ReadOnlyMemory<byte>? ReadFile(JsonElement files, string kind, int number)
    {
        if (files.ValueKind != JsonValueKind.Object || !files.TryGetProperty(kind, out JsonElement named))
        {
            return null;
        }

        string name = named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        if (!ContainedFile.TryFind(_folder, name, out string? path, out string? problem))
        {
            _notes.Add($"line {number}: the {kind} file {problem}");
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > _limits.MaxFileBytes || !Afford(stream.Length))
            {
                _notes.Add($"line {number}: the {kind} file is too large to be read");
                return null;
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _notes.Add($"line {number}: the {kind} file cannot be read");
            return null;
        }
    }

    // One file may be named by every line: what is held in memory is bounded for the series as a whole.
    private bool Afford(long bytes)
    {
        _totalBytes += bytes;
        return _totalBytes <= _limits.MaxTotalBytes;
    }

    private ReadOnlyMemory<byte>? Unpacked(ReadOnlyMemory<byte>? stored, int number)
    {
        if (stored is not { } bytes || !bytes.Span.StartsWith<byte>([0x1f, 0x8b]))
        {
            return stored;
        }

        try
        {
            using var packed = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            using var bounded = new LimitedStream(packed, _limits.MaxTextBytes, decoded: true);
            using var text = new MemoryStream();
            bounded.CopyTo(text);
            if (Afford(text.Length))
            {
                return text.ToArray();
            }

            _notes.Add($"line {number}: the {SeriesFiles.GoroutineText} file is too large to be read");
            return null;
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            _notes.Add($"line {number}: the {SeriesFiles.GoroutineText} file is not gzip, cut off, or too large once unpacked");
            return null;
        }
    }
}
