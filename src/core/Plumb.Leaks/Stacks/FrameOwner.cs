namespace Plumb.Leaks.Stacks;

/// <summary>Who wrote a frame.</summary>
public enum FrameOwner
{
    /// <summary>The runtime and standard library.</summary>
    Standard,

    /// <summary>A library that the program uses.</summary>
    ThirdParty,

    /// <summary>The program itself: where a mend can be made.</summary>
    Application,
}
