namespace Plumb.Leaks.Suspects.Blame;

/// <summary>How the function to blame was found.</summary>
internal enum Basis
{
    /// <summary>No function is known at all.</summary>
    Nothing,

    /// <summary>A library's function, for want of any of the application's.</summary>
    LibraryAlone,

    /// <summary>It started the server that the goroutines belong to.</summary>
    ServerStarter,

    /// <summary>The nearest frame of the application on the goroutines' own stack.</summary>
    OwnStack,

    /// <summary>The nearest frame of the application where the live heap was allocated.</summary>
    OwnHeap,

    /// <summary>The caller of a function that only makes what others keep.</summary>
    CallerOfProducer,

    /// <summary>The only caller of a shared helper that gains.</summary>
    CallerOfHelper,

    /// <summary>The only caller of a function that does nothing but wait.</summary>
    CallerOfWrapper,

    /// <summary>Who made the channel that another function waits on.</summary>
    ChannelMaker,

    /// <summary>The only function that uses the package that started the goroutine.</summary>
    OnlyUser,

    /// <summary>Who dialled the connection that another function waits on.</summary>
    Dialler,

    /// <summary>Who started the goroutine.</summary>
    Creator,

    /// <summary>A call that is known to stand behind the library's goroutine.</summary>
    KnownCall,

    /// <summary>Some call into the same library.</summary>
    SameLibrary,

    /// <summary>It was seen opening descriptors of the kind that rises.</summary>
    OpensDescriptors,

    /// <summary>It alone was seen reading from descriptors of the kind that rises.</summary>
    ReadsDescriptors,

    /// <summary>The pattern of the knowledge base knows it.</summary>
    Pattern,
}
