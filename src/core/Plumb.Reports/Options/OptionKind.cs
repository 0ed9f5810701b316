namespace Plumb.Reports.Options;

/// <summary>What values an option takes.</summary>
public enum OptionKind
{
    Text,
    Flag,
    Integer,
    Number,
    Choice,
}
