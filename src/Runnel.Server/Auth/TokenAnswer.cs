namespace Runnel.Server.Auth;

/// <summary>Two tokens; <c>ExpiresIn</c> is the life of the access token in seconds.</summary>
internal sealed record TokenAnswer(string AccessToken, string RefreshToken, long ExpiresIn, string TokenType);
