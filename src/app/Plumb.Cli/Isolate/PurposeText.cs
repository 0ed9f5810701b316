using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>Why a round is made, in a word or two.</summary>
internal static class PurposeText
{
    public static string Of(RoundPurpose purpose) => purpose switch
    {
        RoundPurpose.All => "all",
        RoundPurpose.Half => "halving",
        RoundPurpose.Confirmation => "alone",
        RoundPurpose.Combination => "together",
        _ => "the rest",
    };
}
