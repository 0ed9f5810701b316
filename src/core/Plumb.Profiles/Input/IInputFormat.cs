namespace Plumb.Profiles.Input;

/// <summary>A format beside profile.proto. Stateless; formats are asked in a fixed order.</summary>
internal interface IInputFormat
{
    /// <param name="head">The first bytes of the input, all of it when it is small.</param>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <exception cref="ProfileFormatException">Damaged, or over a limit.</exception>
    Profile Read(BoundedInput input, ProfileLimits limits);
}
