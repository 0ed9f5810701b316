namespace Plumb.Collectors.Loading.Requests;

/// <summary>A header of a request; its value may vary.</summary>
public readonly record struct RequestHeader(string Name, TextTemplate Value);
