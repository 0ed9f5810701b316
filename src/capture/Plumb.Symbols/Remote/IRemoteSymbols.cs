namespace Plumb.Symbols.Remote;

/// <summary>Asks services about addresses.</summary>
public interface IRemoteSymbols
{
    /// <summary>Posts a question and returns the answer's text.</summary>
    /// <exception cref="SymbolizationException">The service does not answer, or not as it should.</exception>
    Task<string> PostAsync(Uri endpoint, string question, CancellationToken cancellationToken);
}
