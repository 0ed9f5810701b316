using System.Text;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.Folded;

/// <summary>
/// Folded stacks, the text that flame graph tools exchange: one stack a line, root first, frames separated by semicolons, then a space
/// and the value: <c>main;serve;decode 3</c>. With several sample types, as many values stand at the end, separated by spaces.
/// </summary>
/// <remarks>
/// <para>Blank lines and lines that begin with <c>#</c> are passed over. A line of values alone is a sample with an empty stack.</para>
/// <para>
/// The format has no escape of its own. What would break a line apart is written the way URLs do: <c>%3B</c> for a semicolon, <c>%0A</c>
/// and <c>%0D</c> for line ends, <c>%23</c> for a <c>#</c> that begins a line, and <c>%25</c> for a percent sign before one of these. Only these
/// five are read back, upper case; a backslash would not do, because other tools split at the semicolon behind it.
/// </para>
/// <para>Function names are all that the format can hold: addresses, files, lines, mappings and labels are not written.</para>
/// </remarks>
public static class FoldedText
{
    /// <param name="text">The lines.</param>
    /// <param name="sampleTypes">What the values at the end of a line measure; <see cref="SampleType.Samples"/> when left out.</param>
    /// <exception cref="ProfileFormatException">A line without its values, or over a limit.</exception>
    public static Profile Parse(string text, params SampleType[] sampleTypes) =>
        Parse(Encoding.UTF8.GetBytes(text), ProfileLimits.Default, sampleTypes);

    /// <inheritdoc cref="Parse(string, SampleType[])"/>
    public static Profile Parse(ReadOnlyMemory<byte> utf8, ProfileLimits limits, params SampleType[] sampleTypes)
    {
        using var input = BoundedInput.Open(utf8, limits);
        return Parse(input, limits, sampleTypes);
    }

    /// <param name="source">Plain or gzip; read from where it stands to its end, and closed.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="sampleTypes">What the values at the end of a line measure; <see cref="SampleType.Samples"/> when left out.</param>
    /// <exception cref="ProfileFormatException">A line without its values, or over a limit.</exception>
    public static Profile Parse(Stream source, ProfileLimits limits, params SampleType[] sampleTypes)
    {
        using BoundedInput input = source as BoundedInput ?? BoundedInput.Open(source, limits);
        return new FoldedReader(limits, sampleTypes is [] ? [SampleType.Samples] : sampleTypes).Read(input);
    }

    /// <summary>
    /// Writes a profile, stacks in the order of their names, equal ones added up, those of value 0 left out: equal profiles give equal
    /// bytes. A frame without a function is written as its address, one with an empty name as <c>[unknown]</c>.
    /// </summary>
    /// <param name="profile">What to write.</param>
    /// <param name="target">Receives UTF-8; left open.</param>
    /// <param name="sampleTypes">Columns of the profile to write, in this order; at least one.</param>
    public static void Write(Profile profile, Stream target, params ReadOnlySpan<int> sampleTypes) =>
        Write(profile, target, sampleTypes, CancellationToken.None);

    /// <inheritdoc cref="Write(Profile, Stream, ReadOnlySpan{int})"/>
    /// <exception cref="OperationCanceledException">The token says so; nothing may have been written yet.</exception>
    public static void Write(Profile profile, Stream target, ReadOnlySpan<int> sampleTypes, CancellationToken cancellationToken) =>
        new FoldedWriter(profile, sampleTypes).Write(target, cancellationToken);

    /// <inheritdoc cref="Write(Profile, Stream, ReadOnlySpan{int})"/>
    public static string Format(Profile profile, params ReadOnlySpan<int> sampleTypes)
    {
        using var target = new MemoryStream();
        Write(profile, target, sampleTypes);
        return Encoding.UTF8.GetString(target.GetBuffer().AsSpan(0, (int)target.Length));
    }
}
