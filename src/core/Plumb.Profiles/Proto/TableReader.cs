namespace Plumb.Profiles.Proto;

/// <summary>
/// Reads the tables of a profile, and notices when they are those of a related one: as long as each entry is, byte for byte, the one
/// expected next, nothing is decoded. At the first difference what was passed over is decoded after all.
/// </summary>
internal sealed class TableReader
{
    private readonly ProfileLimits _limits;
    private readonly RelatedProfiles? _related;
    private readonly TableImage? _expected;

    // What was passed over: how far the image goes along, and where in this input its parts stand.
    private readonly List<(int Position, long Offset)> _runs = [];
    private int _matched;
    private long _shift = -1;

    private TableDecoder? _decoder;
    private TableImage? _image;

    public TableReader(ProfileLimits limits, RelatedProfiles? related)
    {
        _limits = limits;
        _related = related;
        _expected = related?.Latest;
        if (_expected is null)
            StartDecoding();
    }

    public void Read(int field, ReadOnlySpan<byte> content, long offset)
    {
        if (_decoder is null)
        {
            if (_expected!.Matches(_matched, field, content, out int next))
            {
                PassOver(next, offset - (next - content.Length));
                return;
            }

            DecodePassedOver();
        }

        Decode(field, content, offset);
    }

    /// <summary>Everything was read: leads the tables to rows, or gives the related profile's.</summary>
    public WireTables Resolve()
    {
        if (_decoder is null && _matched == _expected!.Length)
            return _expected.Tables;

        if (_decoder is null)
            DecodePassedOver();

        WireTables tables = _decoder!.Resolve();
        if (_image is null)
            return tables;

        _image.Complete(tables);
        return _related!.Keep(_image).Tables;
    }

    // Entries nearly always follow one another as they do in the image, and then their places need one note for all.
    private void PassOver(int next, long shift)
    {
        if (shift != _shift)
            _runs.Add((_matched, shift));

        _shift = shift;
        _matched = next;
    }

    private void DecodePassedOver()
    {
        StartDecoding();
        int run = 0;
        for (int position = 0; position < _matched;)
        {
            while (run + 1 < _runs.Count && _runs[run + 1].Position <= position)
                run++;

            ReadOnlySpan<byte> content = _expected!.Read(ref position, out int field);
            Decode(field, content, position - content.Length + _runs[run].Offset);
        }
    }

    private void StartDecoding()
    {
        _decoder = new TableDecoder(_limits);
        _image = _related is null ? null : new TableImage();
    }

    private void Decode(int field, ReadOnlySpan<byte> content, long offset)
    {
        _decoder!.Read(field, content, offset);
        if (_image?.TryAdd(field, content) == false)
            _image = null;
    }
}
